require('./launch.cjs')('rotate', false)
