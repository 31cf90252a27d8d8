// `npm test [-- path…]`: quick tests side by side, then process and browser tests one file at a time.
import { prepareServers } from '@voltway/store/testing'
import { repeatFailed } from './repeat-failed.ts'
import { runFiles } from './run-files.ts'
import { selectFiles, wantDatabases } from './select-files.ts'
import { isGood, sumOf, tallyLine } from './tally.ts'

const root = process.cwd()
const filters = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const print = (text: string): void => console.log(text)
// Asked to end, or started by a bootstrap that is gone: what still runs is ended, and counted as failed.
const stopping = new AbortController()
for (const event of ['disconnect', 'SIGTERM', 'SIGINT']) process.on(event, () => stopping.abort())
process.channel?.unref()
const stop = stopping.signal

/** A file that hangs is ended; the longest, in a browser on two busy cores, take about half of this. */
const timeoutMs = 600_000
const selection = selectFiles(root, filters)
const { quick, slow } = selection
if (quick.length + slow.length === 0)
  print(filters.length > 0 ? `No test file has ${filters.join(' or ')} in its path.` : 'There are no test files.')
if (process.env.VOLTWAY_DATA === undefined && filters.length === 0) {
  print('  VOLTWAY_DATA is not set: tests that need the larger local data are counted as skipped.')
}
// With DATABASE_URL they are on that server.
const prepared = process.env.DATABASE_URL === undefined && wantDatabases(selection) ? await prepareServers() : undefined
const options = { root, timeoutMs, stop, print }
const quickly = await runFiles({ ...options, files: quick, concurrency: 2 })
const slowly = await runFiles({ ...options, files: slow, concurrency: 1 })
const { failed, unsteady, repeated } = await repeatFailed([...quickly.failed, ...slowly.failed], options)
prepared?.close()
const sum = sumOf([quickly.good, slowly.good, repeated, ...failed.map(({ tally }) => tally)])
if (stop.aborted) print('\nStopped before all tests had run.')
// Once more at the end: the place where it failed is far above by then.
for (const line of unsteady) print(`~ unsteady, it passed when it was run again alone: ${line}`)
for (const line of failed.flatMap(({ lines }) => lines)) print(`✘ ${line}`)
print(`\n${tallyLine(sum)}`)
process.exit(isGood(sum) && !stop.aborted ? 0 : 1)
