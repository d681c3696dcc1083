require('./launch.cjs')('verify', false)
