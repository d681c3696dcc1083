import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseCommandFile } from './runner/file-commands.js'
import { type CompositeAction, GITHUB_RUNNER, type RunnerFlavor } from './runner/flavor.js'
import { type GithubContext, githubContext, githubVariables } from './runner/github-environment.js'
import { launchAction } from './runner/launch.js'
import { findLeaks, type Traces } from './runner/leaks.js'
import { type Annotation, type InterpretedLog, LogInterpreter } from './runner/log.js'
import { Masker } from './runner/masker.js'
import { type ActionMetadata, evaluateDefault, readActionMetadata } from './runner/metadata.js'
import {
  type OutputLine,
  type ProcessOptions,
  type ProcessResult,
  type RunningProcess,
  startProcess,
} from './runner/process.js'

/**
 * A job on the Actions runner, as far as an action can tell: what is written here follows actions/runner (see the
 * comments in `runner/`). Every run is searched for every secret there is, and fails where one shows.
 */
export interface JobOptions {
  /** On top of what the runner sets, for every step. */
  readonly env?: Readonly<Record<string, string>>
  readonly github?: Partial<GithubContext>
  /** The webhook payload. */
  readonly event?: unknown
  readonly matrix?: unknown
  readonly debug?: boolean
  /** The Node binary that runs actions; given, each has a process of its own. */
  readonly node?: string
  /** Default: the runner of GitHub. */
  readonly flavor?: RunnerFlavor
  /** Every secret there is; asked after each run. */
  readonly secrets?: () => readonly string[]
}

/** Values under `with:`. A function is called for main and again for the post step, as runners evaluate expressions. */
export type StepInputs = Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>)

export interface StepOptions {
  readonly id?: string
  readonly env?: Readonly<Record<string, string>>
  readonly onLine?: (line: OutputLine) => void
  /** Receives each line of the masked log while the step runs. */
  readonly onLog?: (line: string) => void
  /** The composite action that the step belongs to. */
  readonly composite?: CompositeAction
  readonly timeoutMs?: number
  /** Paths that the step gets in place of its command files, by variable: what it cannot write to. */
  readonly commandFiles?: Readonly<Record<string, string>>
  /** The bundle in a process of its own, in every suite: for tests of the process itself. */
  readonly ownProcess?: true
}

export interface StepResult extends ProcessResult {
  readonly outcome: 'success' | 'failure'
  /** Masked, as people see it. */
  readonly log: string
  readonly annotations: readonly Annotation[]
  readonly deprecatedCommands: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Masked line by line, as it is uploaded. */
  readonly summary: string
}

export interface RunningStep {
  readonly pid: number
  kill(signal: NodeJS.Signals): void
  readonly result: Promise<StepResult>
}

interface PendingPost {
  readonly metadata: ActionMetadata
  readonly inputs: () => Readonly<Record<string, string>>
  readonly step: StepOptions
  /** Defaults of inputs, evaluated when main started. */
  defaults: Readonly<Record<string, string>>
  state: Readonly<Record<string, string>>
}

/** Starts a script or an action. */
type Start = (options: Omit<ProcessOptions, 'command' | 'args'>) => RunningProcess

const COMMAND_FILES = ['OUTPUT', 'STATE', 'ENV', 'PATH', 'STEP_SUMMARY'] as const
const TIMEOUT_MS = 60_000

export function createJob(options: JobOptions = {}): Promise<Job> {
  return Promise.resolve(new Job(options))
}

export class Job {
  readonly temp: string
  readonly workspace: string
  readonly home: string
  /** What `${{ job.status }}` says; a failed step sets it. */
  status: 'success' | 'failure' | 'cancelled' = 'success'
  readonly #root: string
  readonly #options: JobOptions
  readonly #masker = new Masker()
  readonly #posts: PendingPost[] = []
  readonly #env: Record<string, string> = {}
  #stages = 0
  #log = ''
  #contextExpired = false

  constructor(options: JobOptions) {
    this.#options = options
    this.#root = mkdtempSync(join(tmpdir(), 'runner-'))
    this.temp = this.#directory('temp')
    this.workspace = this.#directory('workspace')
    this.home = this.#directory('home')
  }

  /** Everything that people see of the job. */
  get log(): string {
    return this.#log
  }

  /** What the runner does with a repository secret when the job starts. */
  registerSecret(value: string): void {
    this.#masker.add(value)
  }

  /** Runs `runs.main` of the action in a folder, and plans its post step. */
  runAction(folder: string, inputs: StepInputs, step: StepOptions = {}): Promise<StepResult> {
    return this.startAction(folder, inputs, step).result
  }

  /** The same, with a handle on the process while it runs. */
  startAction(folder: string, inputs: StepInputs, step: StepOptions = {}): RunningStep {
    const metadata = readActionMetadata(folder)
    const given = typeof inputs === 'function' ? inputs : () => inputs
    const unexpected = Object.keys(given()).filter((name) => !(name in metadata.inputs))
    if (unexpected.length > 0) throw new Error(`unexpected input(s): ${unexpected.join(', ')}`)
    const post: PendingPost = { metadata, inputs: given, step, defaults: {}, state: {} }
    // Planned before main runs, so that it runs whatever becomes of main: src/Runner.Worker/ActionRunner.cs.
    if (metadata.post !== undefined) this.#posts.push(post)
    post.defaults = this.#evaluateDefaults(post)
    const running = this.#start(metadata.main, post)
    return { ...running, result: running.result.then((finished) => this.#conclude(finished, step)) }
  }

  /** Runs a script as a `run:` step does, with bash. */
  async runScript(script: string, step: StepOptions = {}): Promise<StepResult> {
    const file = join(this.temp, `script-${this.#stages}.sh`)
    writeFileSync(file, script)
    const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', file]
    const start: Start = (options) => startProcess({ command: 'bash', args, ...options })
    return this.#conclude(await this.#run(start, {}, step).result, step)
  }

  /**
   * The job exceeds its own `timeout-minutes` on a runner of Forgejo: the job fails, and the context under which its post
   * steps would start has expired, so none of them starts.
   */
  expire(): void {
    this.status = 'failure'
    this.#contextExpired = true
  }

  /** The post steps, last one first, with the inputs evaluated again and the state that main saved. */
  async finish({ onLog }: Pick<StepOptions, 'onLog'> = {}): Promise<StepResult[]> {
    const results: StepResult[] = []
    for (const post of this.#posts.splice(0).reverse()) {
      const { post: file } = post.metadata
      if (file !== undefined && !this.#contextExpired) {
        const step = onLog === undefined ? post.step : { ...post.step, onLog }
        results.push(await this.#start(file, { ...post, step }).result)
      }
    }
    return results
  }

  /** Job outputs that reach the next job: whatever holds a mask is dropped (src/Runner.Worker/JobExtension.cs). */
  jobOutputs(values: Readonly<Record<string, string>>): { outputs: Record<string, string>; dropped: string[] } {
    const entries = Object.entries(values).filter(([, value]) => value !== '')
    const passes = ([, value]: readonly [string, string]) => this.#masker.mask(value) === value
    return {
      outputs: Object.fromEntries(entries.filter(passes)),
      dropped: entries.filter((entry) => !passes(entry)).map(([name]) => name),
    }
  }

  dispose(): Promise<void> {
    rmSync(this.#root, { recursive: true, force: true })
    return Promise.resolve()
  }

  #directory(name: string): string {
    const path = join(this.#root, name)
    mkdirSync(path)
    return path
  }

  #conclude(result: StepResult, { composite }: StepOptions): StepResult {
    if (result.outcome === 'success') return result
    if (this.status === 'success') this.status = 'failure'
    if (composite !== undefined) composite.status = 'failure'
    return result
  }

  #evaluateDefaults({ metadata, step }: PendingPost): Record<string, string> {
    const github = githubContext({ ...this.#options.github, ...(step.id === undefined ? {} : { action: step.id }) })
    const { matrix } = this.#options
    const contexts = {
      jobStatus: step.composite?.status ?? this.status,
      matrix: this.#flavor.wrapsMatrix ? { Matrix: matrix ?? {} } : matrix,
      github: { ...github },
    }
    const evaluated = Object.entries(metadata.inputs).map(([name, text]) => [name, evaluateDefault(text, contexts)])
    return Object.fromEntries(evaluated)
  }

  #start(file: string, post: PendingPost): RunningStep {
    const defaults = this.#flavor.freezesDefaults ? post.defaults : this.#evaluateDefaults(post)
    const inputs = post.inputs()
    const env: Record<string, string> = {}
    for (const [name, value] of Object.entries(post.state)) env[`STATE_${name}`] = value
    for (const [name, byDefault] of Object.entries(defaults))
      env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = inputs[name] ?? byDefault
    const command = this.#options.node ?? process.env.MATRIX_TEST_NODE ?? process.execPath
    const ownProcess = post.step.ownProcess === true || this.#options.node !== undefined
    return this.#run((options) => launchAction(file, { command, ...options }, ownProcess), env, post.step, post)
  }

  #run(start: Start, env: Readonly<Record<string, string>>, step: StepOptions, post?: PendingPost): RunningStep {
    const files = this.#commandFiles()
    const earlierMasks = [...this.#masker.values]
    const log = new LogInterpreter(this.#masker, this.#options.debug === true, step.onLog)
    const running = start({
      env: { ...this.#baseEnvironment(step), ...env, ...files, ...step.commandFiles },
      cwd: this.workspace,
      timeoutMs: step.timeoutMs ?? TIMEOUT_MS,
      onLine: (line) => {
        log.read(line)
        step.onLine?.(line)
      },
    })
    // Before anything can fail: the post step needs the state even where main timed out or leaked a secret.
    const ended = running.result.finally(() => {
      if (post !== undefined) post.state = parseCommandFile(readFileSync(files['GITHUB_STATE'] ?? '', 'utf8')).pairs
    })
    return {
      pid: running.pid,
      kill: running.kill,
      result: ended.then((result) =>
        this.#evaluate({ ...result, ...log.result }, files, { earlierMasks, ofScript: post === undefined }),
      ),
    }
  }

  get #flavor(): RunnerFlavor {
    return this.#options.flavor ?? GITHUB_RUNNER
  }

  #githubVariables(step: StepOptions): Record<string, string> {
    const own = step.id === undefined ? {} : { action: step.id }
    const variables = githubVariables(githubContext({ ...this.#options.github, ...own }))
    const { missingVariables, variables: added } = this.#flavor
    return {
      ...Object.fromEntries(Object.entries(variables).filter(([name]) => !missingVariables.includes(name))),
      ...added,
    }
  }

  #baseEnvironment(step: StepOptions): Record<string, string> {
    const { env, debug, event } = this.#options
    const eventFile = join(this.temp, 'event.json')
    writeFileSync(eventFile, JSON.stringify(event ?? {}))
    return {
      PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
      HOME: this.home,
      ...env,
      // What a step sets for later ones replaces what the job says: src/Runner.Worker/FileCommandManager.cs.
      ...this.#env,
      ...this.#githubVariables(step),
      GITHUB_EVENT_PATH: eventFile,
      GITHUB_WORKSPACE: this.workspace,
      RUNNER_TEMP: this.temp,
      ...(debug === true ? { RUNNER_DEBUG: '1' } : {}),
      ...step.env,
    }
  }

  /** Fresh and empty for each harness. */
  #commandFiles(): Record<string, string> {
    this.#stages += 1
    const files = COMMAND_FILES.map((kind) => {
      const path = join(this.temp, `${kind.toLowerCase()}-${this.#stages}`)
      writeFileSync(path, '')
      return [`GITHUB_${kind}`, path] as const
    })
    return Object.fromEntries(files)
  }

  #evaluate(
    result: ProcessResult & InterpretedLog,
    files: Readonly<Record<string, string>>,
    raw: Pick<Traces, 'earlierMasks' | 'ofScript'>,
  ): StepResult {
    const content = (kind: string) => readFileSync(files[`GITHUB_${kind}`] ?? '', 'utf8')
    const [outputs, state, env] = [content('OUTPUT'), content('STATE'), content('ENV')].map(parseCommandFile)
    const errors = [outputs, state, env].flatMap((parsed) => parsed?.error ?? [])
    const rawSummary = content('STEP_SUMMARY')
    const step: StepResult = {
      ...result,
      outcome: result.exitCode === 0 && errors.length === 0 ? 'success' : 'failure',
      outputs: outputs?.pairs ?? {},
      state: state?.pairs ?? {},
      summary: this.#masker.mask(rawSummary),
    }
    Object.assign(this.#env, env?.pairs)
    this.#log += step.log
    this.#refuseLeaks(step, { ...raw, rawSummary }, env?.pairs ?? {})
    return step
  }

  #refuseLeaks(
    step: StepResult,
    raw: Pick<Traces, 'earlierMasks' | 'rawSummary' | 'ofScript'>,
    env: Readonly<Record<string, string>>,
  ): void {
    const named = (kind: string, pairs: Readonly<Record<string, string>>) =>
      Object.entries(pairs).map(([name, value]) => [`${kind} ${name}`, value] as const)
    const leaks = findLeaks(
      {
        lines: step.lines,
        ...raw,
        masks: this.#masker.values,
        annotationTitles: step.annotations.flatMap(({ title }) => title ?? []),
        fileValues: Object.fromEntries([
          ...named('output', step.outputs),
          ...named('state', step.state),
          ...named('env', env),
        ]),
      },
      this.#options.secrets?.() ?? [],
    )
    if (leaks.length > 0) throw new Error(`The run leaks: ${leaks.join('; ')}`)
  }
}
