require('./launch.cjs')('loginPost', true)
