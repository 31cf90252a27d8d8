import { inspect } from 'node:util'
import { emptyTally, type Tally } from './tally.ts'

/** The parts of the runner's `test:complete` event that the report needs. */
export interface Completed {
  readonly name: string
  readonly nesting: number
  readonly file?: string | undefined
  readonly entryFile?: string | undefined
  readonly line?: number | undefined
  readonly classname?: string | undefined
  readonly skip?: string | boolean | undefined
  readonly todo?: string | boolean | undefined
  readonly details: { readonly passed: boolean; readonly type?: string | undefined; readonly duration_ms: number; readonly error?: unknown }
}

export interface Failure {
  readonly name: string
  readonly where: string
  readonly message: string
}

/** What is known of one test file: it grows with each event and is printed when the file is done. */
export interface FileReport {
  readonly tally: Tally
  readonly failures: readonly Failure[]
  readonly output: string
  readonly finished: boolean
  readonly milliseconds: number
}

export const emptyReport: FileReport = { tally: emptyTally, failures: [], output: '', finished: false, milliseconds: 0 }

/** The runner reports the file itself as one more test, at the top, with its path as the name. */
export const isFileItself = (event: Completed): boolean => event.nesting === 0 && event.name === event.file && event.entryFile === undefined

const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause !== undefined ? error.cause : error)

const isParentOfFailed = (error: unknown): boolean =>
  error instanceof Error && 'failureType' in error && error.failureType === 'subtestsFailed'

const failureOf = (event: Completed): Failure => ({
  name: event.classname && event.classname !== event.name ? `${event.classname} › ${event.name}` : event.name,
  where: `${event.file ?? '?'}:${event.line ?? 1}`,
  message: ((cause) => (typeof cause === 'string' ? cause : inspect(cause, { depth: 4 })))(causeOf(event.details.error)),
})

const countOf = (event: Completed): Tally => {
  if (event.skip !== undefined || event.todo !== undefined) return { ...emptyTally, skipped: 1 }
  return event.details.passed ? { ...emptyTally, passed: 1 } : { ...emptyTally, failed: 1 }
}

const add = (report: FileReport, tally: Tally, failures: readonly Failure[]): FileReport => ({
  ...report,
  tally: {
    passed: report.tally.passed + tally.passed,
    failed: report.tally.failed + tally.failed,
    skipped: report.tally.skipped + tally.skipped,
  },
  failures: [...report.failures, ...failures],
})

const wasEnded = (error: unknown): boolean => error instanceof Error && 'failureType' in error && error.failureType === 'testAborted'

/** The end of a file: a file that crashed, or that holds no test at all, is itself a failure. */
const finish = (report: FileReport, event: Completed): FileReport => {
  const done = { ...report, finished: true, milliseconds: event.details.duration_ms }
  const { passed, failed, skipped } = report.tally
  if (wasEnded(event.details.error)) {
    const message = 'it did not end by itself and was ended: something keeps it open (a server, a timer, a child process)'
    return add(done, { ...emptyTally, failed: 1 }, [{ name: 'the file itself', where: event.name, message }])
  }
  if (!event.details.passed && failed === 0)
    return add(done, { ...emptyTally, failed: 1 }, [{ ...failureOf(event), name: 'the file itself' }])
  if (passed + failed + skipped > 0) return done
  return add(done, { ...emptyTally, failed: 1 }, [{ name: 'the file itself', where: event.name, message: 'it holds no test' }])
}

/** Folds one event into the report of its file; suites are not tests and are not counted. */
export const withEvent = (report: FileReport, event: Completed): FileReport => {
  if (isFileItself(event)) return finish(report, event)
  if (event.details.type === 'suite') {
    // A suite that fails of itself (a hook that threw) is a failure; one whose tests failed is not one more.
    if (event.details.passed || isParentOfFailed(event.details.error)) return report
    return add(report, { ...emptyTally, failed: 1 }, [failureOf(event)])
  }
  const tally = countOf(event)
  const shown = tally.failed > 0 && !isParentOfFailed(event.details.error)
  return add(report, tally, shown ? [failureOf(event)] : [])
}

export const withOutput = (report: FileReport, text: string): FileReport => ({ ...report, output: (report.output + text).slice(-8_000) })
