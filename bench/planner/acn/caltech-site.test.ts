import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import type { CaltechSession } from './caltech-month.ts'
import { caltechEvse, type Loads, PHASES, POD_AMPERES, singlePhase, threePhase } from './caltech-site.ts'
import { earliestDeadline, firstCome, inOrder, leastLaxity, roundRobin } from './month-policies.ts'
import { phaseAware } from './phase-aware.ts'
import { NO_LOAD, simulateMonth } from './simulate-month.ts'

const loads = (part: Partial<Loads>): Loads => ({ ...NO_LOAD, ...part })
const near = (value: number, expected: number) => assert.ok(Math.abs(value - expected) < 1e-6, `${value} is not ${expected}`)

test('a site that is balanced carries its transformer, and one phase alone far less than a third', () => {
  const { usage, room } = threePhase(90)
  // 30 kW on a line at 120 V: 250 A, which is the square root of three times what each pair of lines has.
  near(usage(loads({ AB: 250 / Math.sqrt(3), BC: 250 / Math.sqrt(3), CA: 250 / Math.sqrt(3) })), 1)
  // Alone, the primary is what limits it: half of its amperes come through one line of 30 kW at 277 V.
  near(room(NO_LOAD, 'AB'), (2 * 30_000) / 277)
})

test('the current of a line is the vector sum of its two loads', () => {
  const { usage } = threePhase(90)
  // At 120 degrees the difference of equal currents is longer than either by the square root of three.
  near(usage(loads({ AB: 100, CA: 100 })), (100 * Math.sqrt(3)) / 250)
})

test('room is what takes a site exactly to its limit', () => {
  const random = seeded(3)
  for (let round = 0; round < 500; round++) {
    const limits = random() < 0.2 ? singlePhase(20 + 100 * random()) : threePhase(20 + 100 * random())
    const before = loads({ AB: 40 * random(), BC: 40 * random(), CA: 40 * random() })
    const phase = PHASES[Math.floor(random() * 3)]!
    const room = limits.room(before, phase)
    if (limits.usage(before) > 1) assert.ok(room < 0)
    else near(limits.usage({ ...before, [phase]: before[phase] + room }), 1)
  }
})

test('a pod carries eighty amperes, and an unknown EVSE is refused', () => {
  assert.deepEqual(caltechEvse('CA-322'), { phase: 'AB', pod: 'CC' })
  near(threePhase(1_000).usage(loads({ AV: POD_AMPERES })), 1)
  assert.throws(() => caltechEvse('CA-1'), /CA-1/)
})

const EVSES = ['CA-322', 'CA-324', 'CA-308', 'CA-304', 'CA-148', 'CA-307', 'CA-502', 'CA-493', 'CA-496', 'CA-320']
const made = (random: () => number): readonly CaltechSession[] =>
  Array.from({ length: 60 }, () => {
    const arriveSlot = Math.floor(random() * 200)
    const evse = caltechEvse(EVSES[Math.floor(random() * EVSES.length)]!)
    return { ...evse, arriveSlot, departSlot: arriveSlot + 1 + Math.floor(random() * 60), kWh: 0.1 + 15 * random() }
  }).toSorted((a, b) => a.arriveSlot - b.arriveSlot)

test('no policy ever exceeds a line or a pod, and balancing the phases delivers more than least laxity alone', () => {
  const sessions = made(seeded(8))
  let [balanced, lax] = [0, 0]
  for (const cap of [8, 15, 30, 300]) {
    const limits = threePhase(cap)
    const policies = [roundRobin, inOrder(firstCome), inOrder(earliestDeadline), inOrder(leastLaxity), phaseAware(limits)]
    const results = policies.map((policy) => simulateMonth(sessions, limits, policy))
    for (const { peakUsage } of results) assert.ok(peakUsage <= 1 + 1e-12, `${peakUsage} of a limit`)
    assert.ok(Math.max(...results.map(({ peakUsage }) => peakUsage)) > 0.5)
    lax += results[3]!.deliveredPercent
    balanced += results[4]!.deliveredPercent
  }
  assert.ok(balanced > lax, `${balanced} against ${lax}`)
})
