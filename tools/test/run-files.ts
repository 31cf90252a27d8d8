import { relative, resolve } from 'node:path'
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
  /** Ends everything that still runs. */
  readonly stop: AbortSignal
  readonly print: (text: string) => void
}

/** A file in which something failed, and in a line what each failed test said. */
export interface FailedFile {
  readonly file: string
  readonly tally: Tally
  readonly lines: readonly string[]
}

/** What a run of files came to: the sum of those in which nothing failed, and each of the others. */
export interface RunResult {
  readonly good: Tally
  readonly failed: readonly FailedFile[]
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

const LINE_LENGTH = 400

/** What a failure says before its stack, in one line: a comparison's first lines are not in its first. */
const inOneLine = (message: string): string =>
  message
    .split(/\n\s+at /, 1)
    .join()
    .replaceAll(/\s+/g, ' ')
    .slice(0, LINE_LENGTH)

const failedLines = (name: string, { failures }: FileReport): readonly string[] =>
  failures.length > 0
    ? failures.map((failure) => `${name} › ${failure.name}: ${inOneLine(failure.message)}`)
    : [`${name}: it never said how it ended`]

/** The runner has no time limit for a file of its own: a forgotten server or timer would hold everything up for ever. */
const runFile = async (file: string, { root, timeoutMs, stop }: RunOptions): Promise<FileReport> => {
  let report = emptyReport
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), stop])
  const events = run({ files: [resolve(root, file)], cwd: root, signal })
  events.on('test:complete', (event: Completed) => {
    report = withEvent(report, event)
  })
  for (const type of ['test:stdout', 'test:stderr'] as const) {
    events.on(type, ({ message }) => {
      report = withOutput(report, message)
    })
  }
  for await (const _ of events) {
    // Reading the stream to its end is what lets the runner finish.
  }
  if (report.finished) return report
  return { ...report, tally: addTallies(report.tally, { ...emptyTally, failed: 1 }), output: 'the runner never said how it ended' }
}

/**
 * Runs test files with Node's own runner and prints a line for each, with what failed below it.
 * @returns what they came to; a file that crashes, hangs or holds no test counts as one failed test
 */
export const runFiles = async (options: RunOptions): Promise<RunResult> => {
  const { root, files, concurrency, print } = options
  const queue = [...files]
  const failed: FailedFile[] = []
  let good = emptyTally
  const worker = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined && !options.stop.aborted; file = queue.shift()) {
      const report = await runFile(file, options)
      const name = relative(root, resolve(root, file))
      print(fileLine(name, report))
      if (report.tally.failed === 0) good = addTallies(good, report.tally)
      else {
        failed.push({ file, tally: report.tally, lines: failedLines(name, report) })
        print(failureText(report, root))
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return { good, failed }
}
