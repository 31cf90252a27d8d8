import { readFile } from 'node:fs/promises'
import { runProgram } from './run-program.ts'

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** What tells a process from a later one that was given the same number: its start, or undefined when there is no such process. */
export const processMark = async (pid: number): Promise<string | undefined> => {
  if (!isAlive(pid)) return undefined
  if (process.platform !== 'linux') return (await runProgram({ command: 'ps', args: ['-o', 'lstart=', '-p', String(pid)] })).output.trim()
  try {
    const [stat, boot] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile('/proc/sys/kernel/random/boot_id', 'utf8')])
    // The name in brackets may hold spaces and brackets itself; field 22 is the start in ticks since the boot.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : `${boot.trim()} ${fields[19]}`
  } catch {
    return undefined
  }
}
