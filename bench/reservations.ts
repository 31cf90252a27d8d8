import { parseArgs } from 'node:util'
import {
  addBooking,
  type BookingIndex,
  bookingIndex,
  linearScan,
  nearestFree,
  removeBooking,
  type Slot,
} from '@voltway/domain/reservations'
import { epochMs, HOUR, MINUTE, seeded } from '@voltway/units'

const SIZES = [10, 100, 1_000, 10_000, 100_000]
const QUARTER = 15 * MINUTE

/** A calendar with holes of up to two hours, in quarters of an hour, so that up to an hour is found nearby; it grows by length, not by density. */
const calendar = (count: number): readonly Slot[] => {
  const random = seeded(count)
  let clock = epochMs(Date.parse('2026-01-01T00:00:00Z'))
  return Array.from({ length: count }, () => {
    const start = epochMs(clock + Math.floor(random() * 8) * QUARTER)
    clock = epochMs(start + (1 + Math.floor(random() * 8)) * QUARTER)
    return { start, end: clock }
  })
}

/** A calendar without a hole that fits: every search has to reach its end. */
const fullCalendar = (count: number): readonly Slot[] => {
  const start = Date.parse('2026-01-01T00:00:00Z')
  return Array.from({ length: count }, (_, index) => ({
    start: epochMs(start + index * HOUR),
    end: epochMs(start + index * HOUR + 45 * MINUTE),
  }))
}

/** Nanoseconds that one call takes: the median of rounds that each last long enough to be measured. */
const timeOf = (work: (round: number) => void): number => {
  const rounds: number[] = []
  const began = performance.now()
  for (let round = 0, calls = 1; rounds.length < 9 && performance.now() - began < 1_500; ) {
    const start = performance.now()
    for (let call = 0; call < calls; call++) work(round++)
    const spent = performance.now() - start
    // A call so slow that it fills a round by itself is measured as it is; the others until a round lasts 5 ms.
    if (spent < 5) calls *= 4
    else rounds.push((spent / calls) * 1e6)
  }
  return rounds.sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN
}

const built = (bookings: readonly Slot[]): BookingIndex => {
  const index = bookingIndex(bookings)
  if (!index.ok) throw new Error(index.failure)
  return index.value
}

interface Line {
  readonly bench: 'reservations'
  readonly case: string
  readonly value: number
  readonly unit: 'ns'
  /** The paper's linear scan on the same calendar and the same questions, in the same run. */
  readonly baseline: number | null
  readonly ratio: number | null
}

const lineOf = (name: string, value: number, baseline?: number): Line => ({
  bench: 'reservations',
  case: name,
  value: Math.round(value),
  unit: 'ns',
  baseline: baseline === undefined ? null : Math.round(baseline),
  ratio: baseline === undefined ? null : Math.round((baseline / value) * 10) / 10,
})

const measure = (count: number): readonly Line[] => {
  const [bookings, full] = [calendar(count), fullCalendar(count)]
  const [index, fullIndex] = [built(bookings), built(full)]
  const random = seeded(1)
  const wishes = Array.from({ length: 256 }, () => {
    const near = bookings[Math.floor(random() * count)]!
    return { start: epochMs(near.start + Math.floor(random() * 8) * QUARTER), durationMs: (1 + Math.floor(random() * 4)) * QUARTER }
  })
  for (const wish of wishes.slice(0, 16)) {
    const [ours, theirs] = [nearestFree(index, wish), linearScan(bookings, wish)]
    if (ours.start !== theirs.start || ours.available !== theirs.available) throw new Error('the index and the scan disagree')
  }
  const wishOf = (round: number) => wishes[round % wishes.length]!
  const worst = { start: full[0]!.start, durationMs: 30 * MINUTE }
  const last = { start: epochMs(full.at(-1)!.end + HOUR), end: epochMs(full.at(-1)!.end + 2 * HOUR) }
  const lines = [
    lineOf(
      `nearest-free-${count}`,
      timeOf((round) => nearestFree(index, wishOf(round))),
      timeOf((round) => linearScan(bookings, wishOf(round))),
    ),
    lineOf(
      `full-calendar-${count}`,
      timeOf(() => nearestFree(fullIndex, worst)),
      // 4 * n steps over up to n bookings each: at 100,000 one search would take the better part of a minute.
      count <= 10_000 ? timeOf(() => linearScan(full, worst)) : undefined,
    ),
    lineOf(
      `book-and-cancel-${count}`,
      timeOf(() => {
        const added = addBooking(fullIndex, last)
        if (added.ok) removeBooking(added.value, last)
      }),
    ),
  ]
  return lines
}

const shown = (nanoseconds: number | null) =>
  nanoseconds === null ? 'not run' : nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toFixed(2)} µs` : `${(nanoseconds / 1e6).toFixed(1)} ms`

const { values } = parseArgs({ options: { json: { type: 'boolean' } } })
if (!values.json) {
  console.log('Algorithm 1: our index beside the paper’s linear scan, median time of one call\n')
  console.log(`${'case'.padEnd(26)}${'index'.padStart(12)}${'linear scan'.padStart(14)}${'ratio'.padStart(12)}`)
}
// Once unmeasured, so that the smallest calendar does not pay for compiling.
measure(100)
const lines = SIZES.flatMap((count) => {
  const measured = measure(count)
  for (const line of measured) {
    if (values.json) console.log(JSON.stringify(line))
    else {
      const baseline = line.case.startsWith('book') ? '' : shown(line.baseline)
      console.log(
        `${line.case.padEnd(26)}${shown(line.value).padStart(12)}${baseline.padStart(14)}${String(line.ratio ?? '').padStart(12)}`,
      )
    }
  }
  return measured
})
if (!values.json) {
  const growth = (pick: (line: Line) => number | null) => {
    const [small, large] = [10, 100_000].map((count) => lines.find((line) => line.case === `nearest-free-${count}`))
    return ((pick(large!) ?? 0) / (pick(small!) ?? 1)).toFixed(1)
  }
  console.log(
    `\nFrom 10 to 100,000 bookings the index takes ${growth(({ value }) => value)} times as long, the scan ${growth(({ baseline }) => baseline)} times.`,
  )
}
