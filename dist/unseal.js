require('./launch.cjs')('unseal', false)
