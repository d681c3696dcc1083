import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { installed, makeDirectory } from './real-process.js'

/** What the `age` command made of a file, or what it said. */
export type AgeAnswer = { readonly file: Buffer } | { readonly refusal: string }

/** `age --decrypt`, the passphrase typed at a terminal. */
export function decryptWithAge(sealed: Buffer, passphrase: string): AgeAnswer {
  return runAge('--decrypt', sealed, passphrase)
}

/** `age --passphrase`, the passphrase typed twice. */
export function encryptWithAge(text: string, passphrase: string): AgeAnswer {
  return runAge('--passphrase', Buffer.from(text), passphrase)
}

function runAge(mode: string, input: Buffer, passphrase: string): AgeAnswer {
  const directory = makeDirectory('age')
  const [from, to] = [join(directory, 'from'), join(directory, 'to')]
  try {
    writeFileSync(from, input)
    const terminal = resolve('__tests__/servers/support/answer-at-terminal.py')
    const run = spawnSync('python3', [terminal, installed('MATRIX_TEST_AGE'), mode, '--output', to, from], {
      encoding: 'utf8',
      env: { ...process.env, PASSPHRASE: passphrase },
    })
    return run.status === 0 ? { file: readFileSync(to) } : { refusal: run.stderr }
  } finally {
    rmSync(directory, { recursive: true })
  }
}
