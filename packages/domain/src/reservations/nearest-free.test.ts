import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EpochMs, epochMs, MINUTE, seeded } from '@voltway/units'
import fc from 'fast-check'
import { addBooking, type BookingIndex, bookingCount, bookingIndex, isFree, NO_BOOKINGS, removeBooking } from './booking-index.ts'
import type { BookingTree } from './booking-tree.ts'
import { freeWindows } from './free-windows.ts'
import { linearScan } from './linear-scan.ts'
import { nearestFree } from './nearest-free.ts'
import type { Slot } from './slot.ts'

const at = (clock: string) => epochMs(Date.parse(`2026-03-02T${clock}:00Z`))
const slot = (start: string, end: string): Slot => ({ start: at(start), end: at(end) })
const indexOf = (bookings: readonly Slot[]): BookingIndex => {
  const built = bookingIndex(bookings)
  assert.ok(built.ok)
  return built.value
}
const day = [slot('08:00', '09:00'), slot('09:15', '10:00'), slot('10:00', '11:10'), slot('12:00', '13:00')]
const hhmm = (start: EpochMs | undefined) => (start === undefined ? undefined : new Date(start).toISOString().slice(11, 16))

const asked: [string, Parameters<typeof nearestFree>[1], boolean, string | undefined][] = [
  ['a free slot is given as asked', { start: at('07:00'), durationMs: 60 * MINUTE }, true, '07:00'],
  ['a slot may begin the moment another ends', { start: at('11:10'), durationMs: 50 * MINUTE }, true, '11:10'],
  ['a taken slot moves later, a quarter of an hour at a time', { start: at('08:15'), durationMs: 15 * MINUTE }, false, '09:00'],
  ['holes that are too small are passed over', { start: at('08:15'), durationMs: 45 * MINUTE }, false, '11:15'],
  ['a hole that fits, but not on a step, is passed over', { start: at('08:15'), durationMs: 50 * MINUTE }, false, '13:00'],
  ['steps count from the asked start, not from the hour', { start: at('08:10'), durationMs: 50 * MINUTE }, false, '11:10'],
  [
    'the search stops where the driver must leave',
    { start: at('08:15'), durationMs: 50 * MINUTE, notAfter: at('13:30') },
    false,
    undefined,
  ],
  ['no start lies before the arrival', { start: at('07:00'), durationMs: 15 * MINUTE, notBefore: at('07:20') }, false, '07:30'],
  ['in both directions the nearer side wins', { start: at('08:15'), durationMs: 45 * MINUTE, direction: 'both' }, false, '07:15'],
  [
    'a tie goes to the later side',
    { start: at('08:15'), durationMs: 15 * MINUTE, direction: 'both', notBefore: at('07:30') },
    false,
    '07:45',
  ],
  ['a slot without length is never free', { start: at('07:00'), durationMs: 0 }, false, undefined],
]
for (const [sentence, wish, available, start] of asked)
  test(sentence, () => {
    const answer = nearestFree(indexOf(day), wish)
    assert.deepEqual([answer.available, hhmm(answer.start)], [available, start])
  })

test('a booking that touches another is refused, its neighbour is not', () => {
  const index = indexOf(day)
  assert.deepEqual(addBooking(index, slot('10:30', '11:30')), { ok: false, failure: 'overlaps' })
  assert.deepEqual(addBooking(index, slot('11:30', '11:30')), { ok: false, failure: 'emptySlot' })
  const added = addBooking(index, slot('11:10', '12:00'))
  assert.ok(added.ok)
  assert.equal(bookingCount(added.value), 5)
  assert.equal(bookingCount(index), 4)
})

test('only a booking of exactly that slot is taken out', () => {
  const index = indexOf(day)
  assert.deepEqual(removeBooking(index, slot('10:00', '11:00')), { ok: false, failure: 'unknownBooking' })
  const removed = removeBooking(index, slot('10:00', '11:10'))
  assert.ok(removed.ok && isFree(removed.value, slot('10:00', '12:00')))
})

test('bookings that overlap make no index', () => {
  assert.deepEqual(bookingIndex([...day, slot('08:30', '08:45')]), { ok: false, failure: 'overlaps' })
})

test('free windows are what the bookings leave', () => {
  assert.deepEqual(freeWindows(indexOf(day), at('08:30'), at('12:30')), [slot('09:00', '09:15'), slot('11:10', '12:00')])
  assert.deepEqual(freeWindows(NO_BOOKINGS, at('08:30'), at('12:30')), [slot('08:30', '12:30')])
  assert.deepEqual(freeWindows(indexOf(day), at('10:00'), at('11:00')), [])
})

/** Random bookings, some on quarters and some not, none overlapping. */
const bookingsFrom = (seed: number, count: number): Slot[] => {
  const random = seeded(seed)
  const grain = random() < 0.5 ? 15 * MINUTE : 5 * MINUTE
  let clock = 0
  return Array.from({ length: count }, () => {
    const start = clock + Math.floor(random() * 8) * grain
    clock = start + (1 + Math.floor(random() * 10)) * grain
    return { start: epochMs(start), end: epochMs(clock) }
  })
}
const wishes = fc.record({
  seed: fc.nat(),
  count: fc.nat(40),
  start: fc.nat(2000),
  minutes: fc.integer({ min: 1, max: 300 }),
  steps: fc.nat(40),
})

test('the index answers what the paper’s linear scan answers', () => {
  fc.assert(
    fc.property(wishes, ({ seed, count, start, minutes, steps }) => {
      const bookings = bookingsFrom(seed, count)
      const asked = epochMs(start * MINUTE)
      const wish = { start: asked, durationMs: minutes * MINUTE, notAfter: epochMs(asked + (minutes + steps * 15) * MINUTE) }
      assert.deepEqual(nearestFree(indexOf(bookings), wish), linearScan(bookings, wish))
    }),
    { seed: 1, numRuns: 2000 },
  )
})

test('in both directions no nearer start is free', () => {
  fc.assert(
    fc.property(wishes, ({ seed, count, start, minutes }) => {
      const index = indexOf(bookingsFrom(seed, count))
      const asked = epochMs(start * MINUTE)
      const answer = nearestFree(index, { start: asked, durationMs: minutes * MINUTE, direction: 'both' })
      const free = (from: number) => isFree(index, { start: epochMs(from), end: epochMs(from + minutes * MINUTE) })
      let distance = 0
      while (!free(asked + distance) && !free(asked - distance)) distance += 15 * MINUTE
      assert.equal(answer.start, free(asked + distance) ? asked + distance : asked - distance)
    }),
    { seed: 2, numRuns: 1000 },
  )
})

/** A tree that counts how many of its bookings are looked at: a search goes to the left of each first. */
const counted = (tree: BookingTree | undefined, look: () => void): BookingTree | undefined =>
  tree &&
  new Proxy(tree, {
    get: (target, key) => {
      if (key !== 'left' && key !== 'right') return Reflect.get(target, key)
      if (key === 'left') look()
      return counted(target[key], look)
    },
  })

for (const [sentence, offsetMinutes, minutes] of [
  ['on whole quarters, past holes that would fit between them', 5, 15],
  ['between quarters', 0, 20],
] as const)
  test(`a search passes over the bookings between which nothing fits: ${sentence}`, () => {
    const count = 4_096
    // Holes of a quarter of an hour, the last aside.
    const bookings = Array.from({ length: count }, (_, index) => {
      const start = epochMs((index * 30 + offsetMinutes) * MINUTE)
      return { start, end: epochMs(start + 15 * MINUTE) }
    })
    const index = indexOf(bookings)
    for (const direction of ['later', 'both'] as const) {
      let looks = 0
      const start = epochMs((count * 15 + (offsetMinutes ? 0 : 1)) * MINUTE)
      const tree = counted(index.tree, () => looks++)
      const found = nearestFree({ tree }, { start, durationMs: minutes * MINUTE, direction })
      assert.deepEqual(found, nearestFree(index, { start, durationMs: minutes * MINUTE, direction }))
      assert.equal(found.available, false)
      assert.ok(looks < 100, `${looks} of ${count} bookings were looked at`)
    }
  })

const heightIsBalanced = (tree: BookingTree | undefined): number => {
  if (!tree) return 0
  const [left, right] = [heightIsBalanced(tree.left), heightIsBalanced(tree.right)]
  assert.ok(Math.abs(left - right) <= 1)
  return 1 + Math.max(left, right)
}

test('bookings that come and go leave the index as if it were built anew, and balanced', () => {
  const random = seeded(7)
  let index = NO_BOOKINGS
  let kept: Slot[] = []
  for (let round = 0; round < 3000; round++) {
    if (kept.length > 0 && random() < 0.4) {
      const [gone] = kept.splice(Math.floor(random() * kept.length), 1)
      const removed = removeBooking(index, gone!)
      assert.ok(removed.ok)
      index = removed.value
      continue
    }
    const start = epochMs(Math.floor(random() * 4000) * 5 * MINUTE)
    const wanted = { start, end: epochMs(start + (1 + Math.floor(random() * 12)) * 5 * MINUTE) }
    const added = addBooking(index, wanted)
    assert.equal(added.ok, !kept.some((booking) => booking.start < wanted.end && booking.end > wanted.start))
    if (added.ok) [index, kept] = [added.value, [...kept, wanted]]
  }
  heightIsBalanced(index.tree)
  const from = epochMs(-1)
  const to = epochMs(30_000 * MINUTE)
  assert.deepEqual(freeWindows(index, from, to), freeWindows(indexOf(kept), from, to))
  assert.equal(index.tree!.widestHole, indexOf(kept).tree!.widestHole)
  assert.equal(index.tree!.widestQuarterHole, indexOf(kept).tree!.widestQuarterHole)
})
