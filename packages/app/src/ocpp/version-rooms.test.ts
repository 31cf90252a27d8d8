import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionsOf, OCPP_VERSIONS } from '@voltway/wire/ocpp'
import { readCapabilities } from './discovery.ts'
import type { CommandOutcome } from './station-gateway.ts'
import { VERSION_ROOMS } from './version-rooms.ts'

for (const version of OCPP_VERSIONS) {
  test(`${version}: every action that a station may call has a handler, and no other`, () => {
    const callable = actionsOf(version).flatMap(({ name, direction }) =>
      direction === 'fromStation' || direction === 'both' ? [name] : [],
    )
    assert.deepEqual([...VERSION_ROOMS[version].handlers.keys()].sort(), callable.sort())
  })
  test(`${version}: a station that knows nothing of itself leaves its limits unknown`, async () => {
    for (const outcome of [
      { outcome: 'offline' },
      { outcome: 'answered', response: { configurationKey: 'x', getVariableResult: [null, 7] } },
    ] satisfies CommandOutcome[]) {
      const learnt = await VERSION_ROOMS[version].discover(async () => outcome)
      assert.deepEqual(readCapabilities(learnt.capabilities), {})
      assert.deepEqual(learnt.variables, [])
    }
  })
}

test('2.0.1 capabilities are read from the variables of the charging controller', async () => {
  const result = (component: string, variable: string, attributeValue: string) => ({
    attributeStatus: 'Accepted',
    attributeValue,
    component: { name: component },
    variable: { name: variable },
  })
  const getVariableResult = [
    result('SmartChargingCtrlr', 'ProfileStackLevel', '8'),
    result('SmartChargingCtrlr', 'RateUnit', 'A,W'),
    result('SmartChargingCtrlr', 'PeriodsPerSchedule', '24'),
    result('SmartChargingCtrlr', 'Phases3to1', 'True'),
    result('SmartChargingCtrlr', 'ACPhaseSwitchingSupported', 'perhaps'),
    result('ReservationCtrlr', 'Available', 'false'),
    { ...result('SmartChargingCtrlr', 'Available', 'true'), attributeStatus: 'UnknownVariable' },
  ]
  const asked: string[] = []
  const learnt = await VERSION_ROOMS['ocpp2.0.1'].discover(async (action) => {
    asked.push(action)
    return { outcome: 'answered', response: { getVariableResult } }
  })
  assert.deepEqual(asked, ['GetVariables', 'GetBaseReport'])
  assert.deepEqual(readCapabilities(learnt.capabilities), {
    maxStackLevel: 8,
    rateUnits: ['W', 'A'],
    maxPeriods: 24,
    reservations: false,
    switchesPhases: true,
  })
})

test('1.6: whether a station switches phases is read from its configuration', async () => {
  const read = async (value: string) => {
    const configurationKey = [{ key: 'ConnectorSwitch3to1PhaseSupported', readonly: true, value }]
    const learnt = await VERSION_ROOMS['ocpp1.6'].discover(async () => ({ outcome: 'answered', response: { configurationKey } }))
    return readCapabilities(learnt.capabilities)
  }
  assert.deepEqual([await read('true'), await read('false'), await read('')], [{ switchesPhases: true }, { switchesPhases: false }, {}])
})

test('what a station cannot take is named by its place in the payload', () => {
  const kept = { maxStackLevel: 2, maxPeriods: 1 }
  const periods = [{ startPeriod: 0 }, { startPeriod: 60 }]
  const v16 = { csChargingProfiles: { stackLevel: 3, chargingSchedule: { chargingSchedulePeriod: periods } } }
  assert.deepEqual(
    VERSION_ROOMS['ocpp1.6'].beyondLimits('SetChargingProfile', v16, kept).map(({ path }) => path),
    ['/csChargingProfiles/stackLevel', '/csChargingProfiles/chargingSchedule/chargingSchedulePeriod'],
  )
  const v2 = { chargingProfile: { stackLevel: 3, chargingSchedule: [{ chargingSchedulePeriod: periods }] } }
  assert.deepEqual(
    VERSION_ROOMS['ocpp2.0.1'].beyondLimits('SetChargingProfile', v2, kept).map(({ path }) => path),
    ['/chargingProfile/stackLevel', '/chargingProfile/chargingSchedule/0/chargingSchedulePeriod'],
  )
  assert.deepEqual(VERSION_ROOMS['ocpp1.6'].beyondLimits('SetChargingProfile', v16, {}), [])
})
