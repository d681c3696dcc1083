require('./launch.cjs')('verify', false, './verify-main.js')
