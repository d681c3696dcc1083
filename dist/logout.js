require('./launch.cjs')('logout', false)
