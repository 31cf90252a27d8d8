/** What a run of tests came to. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const emptyTally: Tally = { passed: 0, failed: 0, skipped: 0 }

export const addTallies = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

export const sumOf = (tallies: readonly Tally[]): Tally => tallies.reduce(addTallies, emptyTally)

/** The closing line that people and CI read; it stands alone on its line. */
export const tallyLine = (tally: Tally): string => `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`

/** A run is good when something ran and nothing failed. */
export const isGood = (tally: Tally): boolean => tally.failed === 0 && tally.passed > 0
