import { describe, expect, test } from '@jest/globals'
import { claimEnvironment, isSecretVariable } from '../../src/cli/live-terminal.js'

describe('a variable that the browser must not receive', () => {
  test.each([
    ['GH_TOKEN', 'x'],
    ['GITHUB_TOKEN', ''],
    ['MATRIX_ACCESS_TOKEN', 'x'],
    ['MATRIX_ANYTHING', 'x'],
    ['MAS_CLIENT_SECRET', 'x'],
    ['MAS_CLIENT_ID', 'x'],
    ['NPM_AUTH_TOKEN_X', 'x'],
    ['npm_config_//registry.npmjs.org/:_authToken', 'x'],
    ['AWS_SECRET_ACCESS_KEY', 'x'],
    ['AWS_ACCESS_KEY_ID', 'x'],
    ['PGPASSWORD', 'x'],
    ['SUDO_ASKPASS_PASSPHRASE', 'x'],
    ['OPENAI_API_KEY', 'x'],
    ['GOOGLE_APPLICATION_CREDENTIALS', 'x'],
    ['DB_PASS', 'x'],
    ['gitlab_pat', 'x'],
    ['HARMLESS', 'syt_Ym90_abc'],
    ['HARMLESS', 'token=ghp_abc'],
    ['HARMLESS', 'github_pat_abc'],
    ['HARMLESS', 'mct_abc'],
    ['HARMLESS', 'mpt_abc'],
    ['DATABASE_URL', 'postgres://me:word@db.example.org/x'],
  ])('%s=%s', (name, value) => {
    expect(isSecretVariable(name, value)).toBe(true)
  })
})

describe('a variable that the browser needs, or that is not secret', () => {
  test.each([
    ['PATH', '/bin'],
    ['HOME', '/home/me'],
    ['PWD', '/home/me'],
    ['OLDPWD', '/'],
    ['DISPLAY', ':0'],
    ['WAYLAND_DISPLAY', 'wayland-0'],
    ['XAUTHORITY', '/run/user/1000/xauth'],
    ['XDG_SESSION_ID', '2'],
    ['XDG_CURRENT_DESKTOP', 'GNOME'],
    ['DBUS_SESSION_BUS_ADDRESS', 'unix:path=/run/user/1000/bus'],
    ['SSH_AUTH_SOCK', '/run/ssh'],
    ['BROWSER', 'firefox'],
    ['HTTPS_PROXY', 'http://me:word@proxy.example.org:3128'],
    ['no_proxy', 'localhost'],
    ['HOMEPAGE', 'https://example.org/?to=a:b@c'],
    ['SystemRoot', 'C:\\Windows'],
  ])('%s=%s', (name, value) => {
    expect(isSecretVariable(name, value)).toBe(false)
  })
})

test('all variables stay readable for the command, and secret ones leave the environment', () => {
  const environment: Record<string, string | undefined> = { HOME: '/home/me', GH_TOKEN: 'x', MATRIX_ACCESS_TOKEN: 'y' }
  expect(claimEnvironment(environment)).toStrictEqual({ HOME: '/home/me', GH_TOKEN: 'x', MATRIX_ACCESS_TOKEN: 'y' })
  expect(environment).toStrictEqual({ HOME: '/home/me' })
})
