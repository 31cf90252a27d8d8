import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly notes: string
}

const ROOT = resolve(import.meta.dirname, '..', '..')

/** The program as a process of its own, as somebody would call it. */
export const spawnVoltway = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['packages/cli/src/main.ts', ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })

/** Runs one command to its end. */
export const runVoltway = (args: readonly string[]): Promise<Ran> =>
  new Promise((done, reject) => {
    const child = spawnVoltway(args)
    const text = { out: '', notes: '' }
    child.stdout?.on('data', (chunk: Buffer) => {
      text.out += chunk
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      text.notes += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => done({ code, ...text }))
  })
