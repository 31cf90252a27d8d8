import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..', '..')
/** What a machine may have set for an installation of its own. */
const OURS = /^(VOLTWAY_|DATABASE_URL$|PORT$)/

const spawnVoltway = (args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess => {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)))
  return spawn(process.execPath, ['packages/cli/src/main.ts', ...args], {
    cwd: ROOT,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** What a process wrote so far, and when it wrote more. */
const listenTo = (stream: ChildProcess['stdout']) => {
  const heard = { text: '' }
  stream?.on('data', (chunk: Buffer) => {
    heard.text += chunk
  })
  return heard
}

/** Runs a command that is expected to end. */
export const runVoltway = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const child = spawnVoltway(args, env)
  const [out, notes] = [listenTo(child.stdout), listenTo(child.stderr)]
  await once(child, 'close')
  return { code: child.exitCode, out: out.text, notes: notes.text }
}

export interface RunningVoltway {
  readonly url: string
  /** What it said to people; with a pattern, as soon as it has said that. */
  readonly notes: (pattern?: RegExp) => Promise<string>
  /** Asks it to end, as a service manager does. @returns its exit code */
  readonly stop: () => Promise<number | null>
}

/** Starts a server; ready when it has printed `{"url"}`. @throws Error with what it said when it ends before */
export const startVoltway = async (args: readonly string[]): Promise<RunningVoltway> => {
  const child = spawnVoltway(args)
  const [out, notes] = [listenTo(child.stdout), listenTo(child.stderr)]
  const closed = once(child, 'close')
  const heard = async (from: { readonly text: string }, stream: ChildProcess['stdout'], pattern: RegExp) => {
    while (!pattern.test(from.text)) {
      if (child.exitCode !== null || !stream) throw new Error(`it ended:\n${notes.text}`)
      await Promise.race([once(stream, 'data'), closed])
    }
    return from.text
  }
  const { url } = JSON.parse(await heard(out, child.stdout, /\}\n/)) as { readonly url: string }
  return {
    url,
    notes: async (pattern) => (pattern ? heard(notes, child.stderr, pattern) : notes.text),
    stop: async () => {
      child.kill('SIGTERM')
      await closed
      return child.exitCode
    },
  }
}
