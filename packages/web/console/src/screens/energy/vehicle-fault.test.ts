import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vehicleFault } from './vehicle-fault.ts'

const now = Date.UTC(2026, 5, 15, 12)
const car = (chargingState: string, powerW: number | undefined, importWh: number, minutes = 30) =>
  vehicleFault(
    { chargingState, ...(powerW !== undefined && { powerW }), importWh, startedAt: new Date(now - minutes * 60_000).toISOString() },
    now,
  )

test('a car is in error when it is said to charge and takes nothing, or has got nothing in ten minutes', () => {
  assert.equal(car('charging', 11_000, 5_000), undefined)
  assert.equal(car('charging', 10, 5_000), 'saysChargingTakesNothing')
  assert.equal(car('charging', undefined, 5_000), undefined)
  // Giving back is taking part.
  assert.equal(car('charging', -7_000, 5_000), undefined)
  // Full, or throttled: nobody's fault.
  assert.equal(car('suspendedByVehicle', 0, 5_000), undefined)
  assert.equal(car('suspendedByStation', 0, 0), undefined)
  assert.equal(car('suspendedByVehicle', 0, 0), 'nothingYet')
  assert.equal(car('connected', undefined, 0), 'nothingYet')
  assert.equal(car('connected', undefined, 0, 9), undefined)
})
