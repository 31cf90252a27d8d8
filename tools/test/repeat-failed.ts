import { type FailedFile, type RunOptions, runFiles } from './run-files.ts'
import { emptyTally, type Tally } from './tally.ts'

/** Where more than so many files failed, it was not a busy machine. */
const MOST = 3

export interface Repeated {
  /** What fails for good. */
  readonly failed: readonly FailedFile[]
  /** In a line what each test had said that failed and then passed. */
  readonly unsteady: readonly string[]
  /** The sum of the files that passed when they were run again. */
  readonly repeated: Tally
}

/**
 * Runs files that failed once more, one after the other with nothing beside them: real browsers, sockets and clocks
 * can be overtaken on a busy machine, and that is no fault of what they test. It is said, for such a test is to be mended.
 */
export const repeatFailed = async (
  failed: readonly FailedFile[],
  options: Omit<RunOptions, 'files' | 'concurrency'>,
): Promise<Repeated> => {
  if (failed.length === 0 || failed.length > MOST || options.stop.aborted) return { failed, unsteady: [], repeated: emptyTally }
  options.print('\nWhat failed, once more and alone:')
  const again = await runFiles({ ...options, files: failed.map(({ file }) => file), concurrency: 1 })
  const stillFailed = new Set(again.failed.map(({ file }) => file))
  const passed = options.stop.aborted ? [] : failed.filter(({ file }) => !stillFailed.has(file))
  return { failed: options.stop.aborted ? failed : again.failed, unsteady: passed.flatMap(({ lines }) => lines), repeated: again.good }
}
