import type { FailureCode } from './failures.js'

/**
 * Every code of the output `failure`, with its meaning and remedy. The table in the README is generated from this one.
 * `explain.ts` uses the remedy if it has no more specific advice.
 */
export const FAILURES = {
  'invalid-input': {
    when: 'Inputs are missing, contradict each other or are malformed. Nothing was sent.',
    remedy: 'Correct the inputs named above; nothing was sent.',
  },
  'missing-credentials': {
    when: 'No credential is set: a misspelt secret name, a pull request from a fork, or a run of Dependabot.',
    remedy: 'Set exactly one credential, or `if-no-credentials: skip`.',
  },
  'insecure-url': {
    when: 'The address of the homeserver begins with `http://` and is not on this machine.',
    remedy: 'Use https://. For a server on a private network, and only there, set `allow-http: true`.',
  },
  'not-a-homeserver': {
    when: 'The server is not a Matrix homeserver: a web page, a parking page, a proxy’s login page, a bad `.well-known`.',
    remedy: 'Give the base URL of the client API, for example https://matrix.example.org, as `homeserver`.',
  },
  redirected: {
    when: 'A request that carries a credential was answered with a redirect, which is never followed.',
    remedy: 'Give the address at the end of the redirect as `homeserver`, if you trust it.',
  },
  unreachable: {
    when: 'No complete answer: DNS, refused, reset, truncated or timed out, after all retries.',
    remedy: 'Check the address, the firewall and the proxy settings of the runner, and whether the server is up.',
  },
  tls: {
    when: 'The server’s certificate is not accepted, or there is no TLS at that port.',
    remedy: 'Install a complete certificate chain on the server; for a private authority set NODE_EXTRA_CA_CERTS.',
  },
  'rate-limited': {
    when: 'The server still limited requests when `max-wait` ran out. The message says when a retry can work.',
    remedy: 'Log in less often (rotate a stored token instead), spread the jobs out, or raise `max-wait`.',
  },
  'server-error': {
    when: 'The server failed (5xx after all retries), or returned 2xx with an incomplete body.',
    remedy: 'Look into the server’s log, or try again later.',
  },
  'wrong-credentials': {
    when: 'User or password refused, or the user is unknown there.',
    remedy: 'Check that the account exists on this server and that the secret holds its current password.',
  },
  'method-unavailable': {
    when: 'The server does not offer this kind of login. The message lists what it offers.',
    remedy: 'Use a kind of login that the server offers, or store a token and give it as `access-token`.',
  },
  'account-deactivated': {
    when: 'The server says that the account is deactivated. (To a password most servers answer as for a wrong one.)',
    remedy: 'Ask the administrator of the server to reactivate the account.',
  },
  'account-locked': {
    when: 'The server says that the account is locked.',
    remedy: 'Ask the administrator of the server to unlock the account.',
  },
  'device-limit': {
    when: 'The account has as many sessions as the server allows.',
    remedy: 'End sessions on the account page, or set `device-id` to one that exists, which takes no new place.',
  },
  'token-invalid': {
    when: 'The token that was given is unknown, expired or refused.',
    remedy: 'Store a new token, or let this action log in for each run.',
  },
  'wrong-user': {
    when: 'The server logged in another user than `user`, or the token belongs to another user.',
    remedy: 'Check which account the secret belongs to.',
  },
  'store-refused': {
    when: 'rotate: a target cannot be written, or no target took the new token. The message says what still works.',
    remedy: 'Correct what is said of each target above and run it again.',
  },
  'store-partial': {
    when: 'rotate: not every target took the new token, or an answer was lost. The message names what each target took.',
    remedy: 'Correct what is said of each target above and run it again.',
  },
  'token-too-old': {
    when: 'login with `max-age`: the stored token was rotated longer ago than that.',
    remedy: 'Run the workflow that rotates it. GitHub stops schedules after 60 days without a commit.',
  },
  'unsealing-failed': {
    when: 'unseal: wrong passphrase, damaged on its way, or from another run or repository.',
    remedy: 'Use the same secret for `seal-passphrase` and `passphrase`, in the same run.',
  },
  'no-device-keys': {
    when: 'verify: the device of the token has uploaded no encryption keys.',
    remedy:
      'Start the bot with this token and its encryption switched on, then verify; raise `max-wait` if it starts slowly.',
  },
  'not-cross-signed': {
    when: 'verify: the account has no cross-signing identity, or secret storage does not hold its keys.',
    remedy: 'Set up recovery for the account in Element, or run the command `create-identity` (docs/command.md).',
  },
  'wrong-recovery-key': {
    when: 'verify: the recovery key is malformed, or it (or the passphrase) does not open the secret storage of the account.',
    remedy: 'Store the current recovery key of this account: Element → Settings → Encryption.',
  },
  'identity-mismatch': {
    when: 'verify: the given or stored keys are not the cross-signing identity that the server shows.',
    remedy: 'If the identity was reset, use the new recovery key. If it was not, ask the administrator of the server.',
  },
  'device-key-mismatch': {
    when: 'verify: the keys of the device are not the expected ones, not signed by the device itself, or already signed differently.',
    remedy: 'Log in on a device ID that was never used, start the bot on it, and verify that device.',
  },
  denied: {
    when: 'Any other refusal (4xx). The message has the server’s words.',
    remedy: 'Read the server’s words above; its administrator can say more.',
  },
  internal: {
    when: 'A bug in this action. The message asks for a report.',
    remedy: 'Please report it, without any token or password.',
  },
} as const satisfies Readonly<Record<FailureCode, { readonly when: string; readonly remedy: string }>>
