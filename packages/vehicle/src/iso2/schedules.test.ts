import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds, watts } from '@voltway/units'
import { offersOf, scheduleListOf } from './schedules.ts'

const HOUR = 3_600

test('what lasts longer than a day is said in days, of power and of prices', () => {
  const [tuple] = scheduleListOf([
    {
      id: 1,
      power: [
        { start: seconds(0), maxPower: watts(7_000) },
        { start: seconds(HOUR), duration: seconds(50 * HOUR), maxPower: watts(11_000) },
      ],
      prices: { form: 'levels', id: 1, levels: 1, entries: [{ start: seconds(0), duration: seconds(24 * HOUR + 1), level: 1 }] },
    },
  ]).SAScheduleTuple
  const intervals = (entries: readonly { readonly RelativeTimeInterval?: { readonly start: number; readonly duration?: number } }[] = []) =>
    entries.map(({ RelativeTimeInterval }) => [RelativeTimeInterval?.start, RelativeTimeInterval?.duration])
  assert.deepEqual(intervals(tuple?.PMaxSchedule.PMaxScheduleEntry), [
    [0, undefined],
    [HOUR, 24 * HOUR],
    [25 * HOUR, 24 * HOUR],
    [49 * HOUR, 2 * HOUR],
  ])
  assert.deepEqual(intervals(tuple?.SalesTariff?.SalesTariffEntry), [
    [0, 24 * HOUR],
    [24 * HOUR, 1],
  ])
  assert.deepEqual(offersOf({ SAScheduleTuple: tuple ? [tuple] : [] })[0]?.power.at(-1)?.maxPower, 11_000)
})
