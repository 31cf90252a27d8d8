import { readdirSync, readFileSync } from 'node:fs'

/** Of Linux on every machine that Node runs on: sysconf(_SC_CLK_TCK). */
const TICKS_PER_SECOND = 100

interface Stat {
  readonly parent: number
  readonly ticks: number
  /** Of children that have ended and were waited for. */
  readonly childTicks: number
}

/** proc(5): the program's name stands in brackets and may contain anything, so fields count from behind it. */
const statOf = (pid: number): Stat | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const at = (field: number) => Number(fields[field - 3])
    return { parent: at(4), ticks: at(14) + at(15), childTicks: at(16) + at(17) }
  } catch {
    return undefined
  }
}

/** CPU seconds that a process has used; undefined where there is no /proc, or no such process. */
export const cpuSeconds = (pid: number): number | undefined => {
  const stat = statOf(pid)
  return stat && stat.ticks / TICKS_PER_SECOND
}

/** CPU seconds of a process and all its children, those that have ended too: a PostgreSQL server, by the number of its first process. */
export const familySeconds = (pid: number): number | undefined => {
  const first = statOf(pid)
  if (!first) return undefined
  const children = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined
    return stat?.parent === pid ? [stat] : []
  })
  return [...children, { ticks: first.ticks + first.childTicks }].reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND
}

export const parentOf = (pid: number): number | undefined => statOf(pid)?.parent

/** Resident memory in kB; undefined where there is no /proc. */
export const residentKb = (pid: number): number | undefined => {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes)
  } catch {
    return undefined
  }
}
