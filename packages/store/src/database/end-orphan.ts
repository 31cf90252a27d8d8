import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pause } from './clock.ts'
import { processMark } from './process-mark.ts'
import { runProgram } from './run-program.ts'

const commandOf = async (pid: number) => {
  if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
  return (await runProgram({ command: 'ps', args: ['-o', 'command=', '-p', String(pid)] })).output
}

const serverIn = async (directory: string) => {
  const [pid] = (await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return pid === undefined || pid.trim() === '' ? undefined : Number(pid)
}

/**
 * The server that a killed process left is on its way out: waits for it, and hurries it after ten seconds. Call with the lock held.
 * A `postmaster.pid` whose number was given to another process since would stop the next start, so it is removed.
 */
export const endOrphan = async (directory: string) => {
  const pid = await serverIn(directory)
  if (pid === undefined) return
  for (let waited = 0; (await processMark(pid)) !== undefined && (await commandOf(pid)).includes(directory); waited++) {
    if (waited === 200) process.kill(pid, 'SIGINT')
    if (waited === 600) process.kill(pid, 'SIGQUIT')
    if (waited === 1200) throw new Error(`An earlier PostgreSQL, process ${pid}, still runs in ${directory} and does not end.`)
    await pause(50)
  }
  await rm(join(directory, 'postmaster.pid'), { force: true })
}
