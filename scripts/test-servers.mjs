// npm run test:servers: installs real homeservers, clients and proxies into an ignored folder, each pinned, and runs the
// suites that need them. Arguments go to jest.
// MATRIX_TEST_CACHE names another folder to keep downloads in; MATRIX_TEST_NODE another Node to run the action with.
import { installChromium } from './install/chromium.mjs'
import { installDebian } from './install/debian.mjs'
import { installGo } from './install/go.mjs'
import { installNode24, installNpm } from './install/npm.mjs'
import { installPython } from './install/python.mjs'
import { runJest } from './jest.mjs'

const env = {
  ...process.env,
  MATRIX_TEST_SYNAPSE_PYTHON: installPython('synapse'),
  MATRIX_TEST_DENDRITE: installGo('dendrite', 'github.com/matrix-org/dendrite/cmd/dendrite'),
  MATRIX_TEST_NIO_PYTHON: installPython('nio'),
  MATRIX_TEST_JS_SDK: installNpm('js-sdk'),
  MATRIX_TEST_AGE: installGo('age', 'filippo.io/age/cmd/age'),
  MATRIX_TEST_ANSIBLE_PYTHON: installPython('ansible'),
  // matrix-js-sdk needs Node 22 or newer.
  MATRIX_TEST_NODE24: installNode24(),
  MATRIX_TEST_CHROMIUM: installChromium(),
  MATRIX_TEST_PLAYWRIGHT: installNpm('playwright'),
  MATRIX_TEST_NGINX: installDebian('nginx', 'usr/sbin/nginx'),
  MATRIX_TEST_TINYPROXY: installDebian('tinyproxy-bin', 'usr/bin/tinyproxy'),
}
process.exitCode = runJest(['--config', 'jest.servers.config.mjs', ...process.argv.slice(2)], env)
