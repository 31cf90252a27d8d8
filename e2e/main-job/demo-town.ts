import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface Login {
  readonly email: string
  readonly password: string
}
export interface DemoTown {
  readonly url: string
  readonly operator: Login
  readonly driver: Login
  /** What the API answers to a script with the printed key. @throws Error on a refusal */
  readonly api: <Answer>(path: string) => Promise<Answer>
  readonly close: () => Promise<void>
}

const ROOT = resolve(import.meta.dirname, '..', '..')

/** `voltway demo` as a process of its own, on a port that the system chooses; ready when it has printed its line for scripts. */
export const startDemoTown = async (): Promise<DemoTown> => {
  const child = spawn(process.execPath, ['packages/cli/src/main.ts', 'demo', '--port', '0'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let notes = ''
  child.stderr.on('data', (chunk: Buffer) => {
    notes += chunk
  })
  const ended = once(child, 'close')
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => undefined)])
  if (!line) throw new Error(`the demo ended before it was ready:\n${notes}`)
  const { url, operator, driver, apiKey } = JSON.parse(String(line[0])) as Pick<DemoTown, 'url' | 'operator' | 'driver'> & {
    readonly apiKey: string
  }
  return {
    url,
    operator,
    driver,
    api: async <Answer>(path: string) => {
      const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } })
      if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Answer
    },
    close: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
