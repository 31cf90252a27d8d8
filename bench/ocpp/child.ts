import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a child process does when it is asked, by name. */
export type Api = Readonly<Record<string, (argument: never) => Promise<unknown>>>

interface Asked {
  readonly id: number
  readonly name: string
  readonly argument: unknown
}
interface Answered {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

export interface Child<Calls extends Api> {
  readonly pid: number
  /** Resolves when it is ready to be asked; rejects when it ends before. */
  readonly ready: Promise<void>
  /** Settles when it has ended, whatever ended it. */
  readonly ended: Promise<void>
  readonly call: <Name extends keyof Calls & string>(
    name: Name,
    argument: Parameters<Calls[Name]>[0],
  ) => Promise<Awaited<ReturnType<Calls[Name]>>>
  readonly signal: (name: NodeJS.Signals) => void
  /** Lets it go by closing the channel, which every child of ours takes as its end. */
  readonly stop: () => Promise<void>
}

export interface ChildOptions {
  readonly arguments?: readonly string[]
  /** For Node itself, as `--cpu-prof`. */
  readonly nodeArguments?: readonly string[]
  /** Its last words are kept for the error that tells of its end, and are not printed. */
  readonly quiet?: boolean
  /** Its settings, in place of those that this process was given. */
  readonly env?: Readonly<Record<string, string>>
}

/** What a machine may have set for an installation of its own is left out. */
const inherited = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VOLTWAY_|DATABASE_URL$|PORT$)/.test(name)))

const MOST_WORDS = 4_000
const live = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of live) child.kill('SIGKILL')
})

/** Starts a program in a process of its own, which may be killed before it is ready. */
export const spawnChild = <Calls extends Api>(file: URL, options: ChildOptions = {}): Child<Calls> => {
  const child = fork(fileURLToPath(file), [...(options.arguments ?? [])], {
    execArgv: [...(options.nodeArguments ?? [])],
    ...(options.env && { env: { ...inherited(), ...options.env } }),
    stdio: ['ignore', 'inherit', options.quiet ? 'pipe' : 'inherit', 'ipc'],
  })
  let lastWords = ''
  child.stderr?.on('data', (text: Buffer) => {
    lastWords = `${lastWords}${text}`.slice(-MOST_WORDS)
  })
  live.add(child)
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const ready = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  ready.promise.catch(() => {})
  child.on('exit', (code, signal) => {
    live.delete(child)
    ended.resolve()
    const error = new Error(`${file.pathname.split('/').at(-1)} ended with ${code ?? signal}${lastWords && `:\n${lastWords}`}`)
    ready.reject(error)
    for (const { reject } of waiting.values()) reject(error)
  })
  child.on('message', (message: 'ready' | Answered) => {
    if (message === 'ready') return ready.resolve()
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error === undefined) asked?.resolve(message.value)
    else asked?.reject(new Error(message.error))
  })
  let last = 0
  return {
    pid: child.pid!,
    ready: ready.promise,
    ended: ended.promise,
    call: (name, argument) => {
      const asked = Promise.withResolvers<unknown>()
      waiting.set(++last, asked)
      child.send({ id: last, name, argument } satisfies Asked)
      return asked.promise as ReturnType<Calls[typeof name]> as Promise<Awaited<ReturnType<Calls[typeof name]>>>
    },
    signal: (name) => child.kill(name),
    stop: async () => {
      if (child.connected) child.disconnect()
      await ended.promise
    },
  }
}

/** Starts a program in a process of its own, and waits until it says that it is ready. */
export const startChild = async <Calls extends Api>(file: URL, options: ChildOptions = {}): Promise<Child<Calls>> => {
  const child = spawnChild<Calls>(file, options)
  await child.ready
  return child
}

/** In the child: answers what is asked, and ends when the channel is closed. */
export const serveParent = (calls: Api, end: () => Promise<void>) => {
  process.on('message', async ({ id, name, argument }: Asked) => {
    const answer = (answered: Omit<Answered, 'id'>) => process.send?.({ id, ...answered } satisfies Answered)
    try {
      answer({ value: await calls[name]!(argument as never) })
    } catch (error) {
      answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  process.once('disconnect', () => void end().finally(() => process.exit()))
  process.send?.('ready')
}
