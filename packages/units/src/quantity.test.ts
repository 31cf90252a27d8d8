import assert from 'node:assert/strict'
import { test } from 'node:test'
import { add, energyOver, larger, milliseconds, smaller, subtract, wattHours, watts } from './quantity.ts'
import { HOUR, MINUTE, SECOND } from './time.ts'

test('a power over a time is an energy: 11 kW over an hour are 11 kWh, over a second 3.06 Wh', () => {
  assert.equal(energyOver(watts(11_000), milliseconds(HOUR)), 11_000)
  assert.equal(energyOver(watts(11_000), milliseconds(6 * MINUTE)), 1_100)
  assert.equal(energyOver(watts(-3_600), milliseconds(SECOND)), -1)
})

test('quantities of one unit are added, subtracted and compared', () => {
  const [a, b] = [wattHours(7), wattHours(-2)]
  assert.deepEqual([add(a, b), subtract(a, b), smaller(a, b), larger(a, b)], [5, 9, -2, 7])
})
