import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, MINUTE, seeded, watts } from '@voltway/units'
import { chargingSchedulePeriods, type ScheduleForm, type SchedulePeriod } from './charging-schedule.ts'
import type { PowerStep } from './plan.ts'

const start = epochMs(Date.parse('2026-03-02T17:00:00Z'))
const step = (from: number, to: number, power: number): PowerStep => ({
  from: epochMs(start + from * MINUTE),
  to: epochMs(start + to * MINUTE),
  power: watts(power),
})
const inWatts: ScheduleForm = { unit: 'W', volts: 230, phases: 3 }
const inAmperes: ScheduleForm = { unit: 'A', volts: 230, phases: 3 }
const period = (startPeriodSeconds: number, limit: number, phases?: number): SchedulePeriod =>
  phases === undefined ? { startPeriodSeconds, limit } : { startPeriodSeconds, limit, phases }

const cases: [string, readonly PowerStep[], ScheduleForm, readonly SchedulePeriod[]][] = [
  ['one step is one period', [step(0, 60, 11_000)], inWatts, [period(0, 11_000)]],
  ['equal neighbours are merged', [step(0, 60, 11_000), step(60, 90, 11_000)], inWatts, [period(0, 11_000)]],
  [
    'a pause is a period of zero',
    [step(0, 60, 11_000), step(90, 120, 11_000)],
    inWatts,
    [period(0, 11_000), period(3_600, 0), period(5_400, 11_000)],
  ],
  ['a wait before the first step is a period of zero', [step(30, 60, 11_000)], inWatts, [period(0, 0), period(1_800, 11_000)]],
  ['amperes are by phase, rounded down to a tenth', [step(0, 60, 11_000)], inAmperes, [period(0, 15.9, 3)]],
  ['a limit that is a whole tenth stays whole', [step(0, 60, 11_040)], inAmperes, [period(0, 16, 3)]],
  ['one phase takes three times the current', [step(0, 60, 3_680)], { ...inAmperes, phases: 1 }, [period(0, 16, 1)]],
  ['what is below 6 A is zero', [step(0, 60, 4_000), step(60, 90, 4_200)], inAmperes, [period(0, 0, 3), period(3_600, 6, 3)]],
  ['6 A on three phases is 4140 W', [step(0, 60, 4_139), step(60, 90, 4_140)], inWatts, [period(0, 0), period(3_600, 4_140)]],
  ['a direct current may be as small as the station allows', [step(0, 60, 500)], { ...inWatts, minAmperes: 0 }, [period(0, 500)]],
  [
    'a full second is never cut off',
    [{ ...step(0, 1, 11_000), to: epochMs(start + 1_500) }, step(1, 2, 7_000)],
    inWatts,
    [period(0, 11_000), period(2, 0), period(60, 7_000)],
  ],
  [
    'too many periods are merged where it moves the least energy',
    [step(0, 60, 10_000), step(60, 120, 9_000), step(120, 180, 5_000)],
    { ...inWatts, maxPeriods: 2 },
    [period(0, 9_500), period(7_200, 5_000)],
  ],
  [
    'merging with a pause keeps the car going',
    [step(0, 60, 5_000), step(120, 180, 5_000)],
    { ...inWatts, maxPeriods: 2 },
    [period(0, 4_140), period(7_200, 5_000)],
  ],
  ['an empty curve has no periods', [], inWatts, []],
]
for (const [sentence, curve, form, expected] of cases)
  test(sentence, () => assert.deepEqual(chargingSchedulePeriods(curve, start, form), expected))

test('whatever the curve, a schedule begins at 0, rises in time, and stays within periods and power', () => {
  const random = seeded(9)
  for (let round = 0; round < 500; round++) {
    const curve: PowerStep[] = []
    for (let clock = 0; curve.length < 12; clock += 5) if (random() < 0.6) curve.push(step(clock, clock + 5, Math.floor(random() * 22_000)))
    const maxPeriods = 1 + Math.floor(random() * 10)
    const periods = chargingSchedulePeriods(curve, start, { ...inWatts, maxPeriods })
    const most = Math.max(...curve.map(({ power }) => power))
    assert.ok(periods.length <= maxPeriods && periods[0]!.startPeriodSeconds === 0)
    assert.ok(periods.every(({ startPeriodSeconds }, index) => index === 0 || startPeriodSeconds > periods[index - 1]!.startPeriodSeconds))
    assert.ok(periods.every(({ limit }) => limit === 0 || (limit >= 4_140 && limit <= most)))
  }
})
