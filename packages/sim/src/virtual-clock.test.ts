import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Clock, epochMs, HOUR, milliseconds, SECOND } from '@voltway/units'
import { systemClock } from './clock.ts'
import { scaledClock } from './scaled-clock.ts'
import { reach } from './sim-clock.ts'
import { virtualClock } from './virtual-clock.ts'

test('jumps over a year, stands at each event, and keeps the order of equal times', async () => {
  const clock = virtualClock({ startAt: epochMs(0), rate: 'max', base: systemClock })
  const seen: [string, number][] = []
  clock.after(SECOND, () => seen.push(['second', clock.now()]))
  clock.after(SECOND, () => seen.push(['second too', clock.now()]))
  clock.after(HOUR, () => assert.fail('cancelled'))()
  await reach(clock, epochMs(31_536_000_000))
  assert.deepEqual(seen, [
    ['second', 1_000],
    ['second too', 1_000],
  ])
  assert.equal(clock.now(), 31_536_000_000)
})

test('stands still while somebody holds it, but lets the present go on', async () => {
  const clock = virtualClock({ startAt: epochMs(0), rate: 'max', base: systemClock })
  const release = clock.hold()
  let reached = false
  const later = reach(clock, epochMs(5)).then(() => {
    reached = true
  })
  await reach(clock, epochMs(0))
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(reached, false)
  release()
  release()
  await later
  assert.equal(clock.now(), 5)
})

/** A base that moves only when told, and so shows what was asked of it. */
function tickBase() {
  let now = 0
  const timers: { readonly at: number; readonly callback: () => void }[] = []
  const base: Clock = {
    now: () => epochMs(now),
    after: (duration, callback) => {
      const timer = { at: now + duration, callback }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0)
    },
  }
  const tick = (ms: number): void => {
    now += ms
    for (const timer of timers.filter(({ at }) => at <= now)) {
      timers.splice(timers.indexOf(timer), 1)
      timer.callback()
    }
  }
  return { base, tick }
}

test('a scaled clock runs faster, and faster still when it is told, with what waits', () => {
  const { base, tick } = tickBase()
  const clock = scaledClock({ base, rate: 60, startAt: epochMs(1_000_000) })
  let rang = 0
  clock.after(milliseconds(600_000), () => {
    rang = clock.now()
  })
  tick(5_000)
  assert.deepEqual([clock.now(), rang], [1_300_000, 0])
  clock.setRate(300)
  tick(999)
  assert.equal(rang, 0)
  tick(1)
  assert.equal(rang, 1_600_000)
})

test('a paced virtual clock does not run ahead of its rate', async () => {
  const { base, tick } = tickBase()
  const clock = virtualClock({ startAt: epochMs(0), rate: 10, base })
  let reached = false
  const later = reach(clock, epochMs(1_000)).then(() => {
    reached = true
  })
  const turns = () => new Promise((resolve) => setTimeout(resolve, 10))
  await turns()
  tick(99)
  await turns()
  assert.equal(reached, false)
  tick(1)
  await later
  assert.equal(clock.now(), 1_000)
})
