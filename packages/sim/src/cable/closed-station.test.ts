import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createCar } from '../car.ts'
import { CAR_MODELS } from '../car-models.ts'
import { systemClock } from '../clock.ts'
import { scaledClock } from '../scaled-clock.ts'
import type { SimClock } from '../sim-clock.ts'
import { bytes, car, eventually, IDENTITY, talking } from '../testing/talking-station.ts'

/** A clock that knows how many wait on it. */
const countingClock = () => {
  const clock = scaledClock({ base: systemClock, rate: 60 })
  const waiting = new Set<object>()
  const after: SimClock['after'] = (duration, callback) => {
    const key = {}
    waiting.add(key)
    const cancel = clock.after(duration, () => {
      waiting.delete(key)
      callback()
    })
    return () => {
      waiting.delete(key)
      cancel()
    }
  }
  return { clock: { ...clock, after }, waiting: () => waiting.size }
}

test('a station that is closed while one car talks and another charges waits for nothing more', async (t) => {
  const { clock, waiting } = countingClock()
  const { station } = await talking(t, {
    template: 'dc-150-ccs-dual',
    highLevel: { trusted: true, contractRoots: [], randomBytes: bytes },
    clock,
  })
  const connector = (evse: number) => station.view().connectors.find((one) => one.evse === evse)
  const powerOf = (evse: number) => connector(evse)?.transaction?.powerW ?? 0
  station.plug(1, car({ ...IDENTITY, roots: [] }))
  station.plug(2, createCar(CAR_MODELS[1]!, { socPercent: 30 }))
  await eventually('the car waits for its driver', () => connector(1)?.dialogue?.state === 'talking')
  assert.ok((await station.card(1, 'BOOK42')).ok)
  assert.ok((await station.card(2, 'BOOK43')).ok)
  await eventually('both charge', () => powerOf(1) > 0 && powerOf(2) > 0)
  station.close()
  // Whoever was about to act on it does so all the same, and what its cable still says arrives after a moment.
  station.stop(2)
  await pause(500)
  assert.equal(waiting(), 0)
})
