import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Completed, emptyReport, type FileReport, withEvent } from './report.ts'

const FILE = '/house/a.test.ts'

const event = (over: Partial<Omit<Completed, 'details'>> & { details?: Partial<Completed['details']> }): Completed => ({
  name: 'a sentence',
  nesting: 0,
  file: FILE,
  entryFile: FILE,
  line: 3,
  ...over,
  details: { passed: true, type: 'test', duration_ms: 1, ...over.details },
})

const fileEnds = (passed: boolean): Completed => ({ ...event({ name: FILE, details: { passed } }), entryFile: undefined })
const fold = (...events: readonly Completed[]): FileReport => events.reduce(withEvent, emptyReport)
const failedBy = (failureType: string): Error => Object.assign(new Error('wrapper', { cause: new Error('1 is not 2') }), { failureType })

test('passed, failed and skipped tests are counted apart', () => {
  const report = fold(
    event({}),
    event({ skip: 'needs VOLTWAY_DATA' }),
    event({ todo: true, details: { passed: false } }),
    event({ details: { passed: false, error: failedBy('testCodeFailure') } }),
    fileEnds(false),
  )
  assert.deepEqual(report.tally, { passed: 1, failed: 1, skipped: 2 })
  assert.match(report.failures[0]?.message ?? '', /1 is not 2/)
  assert.equal(report.failures[0]?.where, `${FILE}:3`)
})

test('a file that holds no test is a failure', () => {
  assert.deepEqual(fold(fileEnds(true)).tally, { passed: 0, failed: 1, skipped: 0 })
})

test('a file that ends badly after its tests passed is a failure', () => {
  const report = fold(event({}), fileEnds(false))
  assert.deepEqual(report.tally, { passed: 1, failed: 1, skipped: 0 })
})

test('a file that had to be ended is a failure, and says why', () => {
  const report = fold(event({}), { ...fileEnds(false), details: { passed: false, duration_ms: 1, error: failedBy('testAborted') } })
  assert.deepEqual(report.tally, { passed: 1, failed: 1, skipped: 0 })
  assert.match(report.failures[0]?.message ?? '', /keeps it open/)
})

test('a file whose tests failed is not counted once more', () => {
  assert.deepEqual(fold(event({ details: { passed: false } }), fileEnds(false)).tally, { passed: 0, failed: 1, skipped: 0 })
})

test('a suite is not a test, but a suite whose hook threw is a failure', () => {
  const suite = { type: 'suite', passed: false }
  const counted = fold(
    event({}),
    event({ details: { type: 'suite' } }),
    event({ details: { ...suite, error: failedBy('subtestsFailed') } }),
    event({ details: { ...suite, error: failedBy('hookFailed') } }),
  )
  assert.deepEqual(counted.tally, { passed: 1, failed: 1, skipped: 0 })
})
