import { isAbsolute, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { type Completed, emptyReport, type FileReport, withEvent, withOutput } from './report.ts'
import { addTallies, emptyTally, type Tally } from './tally.ts'

export interface RunOptions {
  readonly root: string
  readonly files: readonly string[]
  /** How many files run side by side, each in its own process. */
  readonly concurrency: number
  /** A file that takes longer is ended and counted as failed. */
  readonly timeoutMs: number
  readonly print: (text: string) => void
}

const indent = (text: string): string => text.trimEnd().replaceAll(/^/gm, '      ')

const fileLine = (name: string, report: FileReport): string => {
  const { passed, failed, skipped } = report.tally
  const parts = [`${passed} passed`, ...(failed ? [`${failed} failed`] : []), ...(skipped ? [`${skipped} skipped`] : [])]
  return `  ${failed ? '✘' : '✔'} ${name}: ${parts.join(', ')} (${(report.milliseconds / 1000).toFixed(1)} s)`
}

const failureText = (report: FileReport, root: string): string =>
  [
    ...report.failures.map(({ name, where, message }) => `    ✘ ${name}\n      ${where.replace(`${root}/`, '')}\n${indent(message)}`),
    ...(report.output.trim() ? [`    what the file printed:\n${indent(report.output)}`] : []),
  ].join('\n')

/**
 * Runs test files with Node's own runner and prints a line for each, with what failed below it.
 * @returns the sum; a file that crashes, hangs or holds no test counts as one failed test
 */
export const runFiles = async ({ root, files, concurrency, timeoutMs, print }: RunOptions): Promise<Tally> => {
  if (files.length === 0) return emptyTally
  const reports = new Map<string, FileReport>()
  const keyOf = (file: string): string => relative(root, isAbsolute(file) ? file : resolve(root, file))
  const update = (file: string | undefined, change: (report: FileReport) => FileReport): void => {
    if (file === undefined) return
    const key = keyOf(file)
    const before = reports.get(key) ?? emptyReport
    const after = change(before)
    reports.set(key, after)
    if (!after.finished || before.finished) return
    print(fileLine(key, after))
    if (after.failures.length > 0) print(failureText(after, root))
  }
  const events = run({ files: files.map((file) => resolve(root, file)), concurrency, timeout: timeoutMs, cwd: root })
  events.on('test:complete', (event: Completed) => update(event.entryFile ?? event.file, (report) => withEvent(report, event)))
  for (const type of ['test:stdout', 'test:stderr'] as const) {
    events.on(type, (event) => update(event.file, (report) => withOutput(report, event.message)))
  }
  for await (const _ of events) {
    // Reading the stream to its end is what lets the runner finish.
  }
  const silent = files.map(keyOf).filter((file) => !reports.get(file)?.finished)
  for (const file of silent) print(`  ✘ ${file}: the runner never said how it ended`)
  return [...reports.values()].map(({ tally }) => tally).reduce(addTallies, { ...emptyTally, failed: silent.length })
}
