import { type SpawnOptions, spawn } from 'node:child_process'

/** A program with its arguments, and as whom to run it. */
export interface Program {
  readonly command: string
  readonly args: readonly string[]
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  readonly input?: string
}

export interface ProgramEnd {
  /** null when a signal ended it or it could not be started. */
  readonly code: number | null
  readonly output: string
}

/** C locale and UTC: what the programs print and how they sort does not depend on the machine. */
export const PROGRAM_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' } as const

/** Options that every program of ours is started with: own process group, so that Ctrl-C reaches us alone. */
export const spawnOptions = (user: Program['user']): SpawnOptions => ({ env: PROGRAM_ENVIRONMENT, cwd: '/', detached: true, ...user })

/** Runs a program to its end and collects what it printed. Never rejects. */
export const runProgram = ({ command, args, user, input }: Program) =>
  new Promise<ProgramEnd>((resolve) => {
    let output = ''
    const child = spawn(command, args, { ...spawnOptions(user), stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stdin?.on('error', () => undefined)
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
    child.stdin?.end(input ?? '')
  })
