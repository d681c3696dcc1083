require('./launch.cjs')('login', false)
