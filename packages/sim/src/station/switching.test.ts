import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listOf, objectOf } from '../json.ts'
import { loadTemplate } from '../template.ts'
import { hatchback, setUp } from '../testing/station-world.ts'

const solo = loadTemplate('ac-22-switching')
/** With a second EVSE, as the smallest server waits for two. */
const template = { ...solo, evses: [solo.evses[0]!, { ...solo.evses[0]!, number: 2 }] }
const PAUSE_MS = solo.evses[0]!.switchPauseMs!
const settings = { measurands: 'Power.Active.Import,Current.Import' }

const profile16 = (limit: number, numberPhases: number) => ({
  connectorId: 1,
  csChargingProfiles: {
    chargingProfileId: 1,
    stackLevel: 1,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Absolute',
    chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit, numberPhases }] },
  },
})
const profile2 = (limit: number, numberPhases: number) => ({
  evseId: 1,
  chargingProfile: {
    id: 1,
    stackLevel: 1,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Absolute',
    chargingSchedule: [{ id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit, numberPhases }] }],
  },
})

for (const [version, profile] of [
  ['ocpp1.6', profile16],
  ['ocpp2.0.1', profile2],
] as const)
  test(`${version}: a profile of one phase switches the car, which pauses for it, and its meter shows each phase`, async (t) => {
    const { csms, clock, station, connector } = await setUp(t, { version, template, settings })
    const send = async (limit: number, phases: number) =>
      assert.equal((await csms.send('CS-1', 'SetChargingProfile', profile(limit, phases))).status, 'Accepted')
    const currents = async () => {
      const [action, asked] =
        version === 'ocpp1.6'
          ? (['MeterValues', { requestedMessage: 'MeterValues', connectorId: 1 }] as const)
          : (['TransactionEvent', { requestedMessage: 'MeterValues', evse: { id: 1 } }] as const)
      await csms.send('CS-1', 'TriggerMessage', asked)
      await clock.advance(100)
      const samples = listOf(objectOf(listOf(csms.of(action).at(-1)?.meterValue)[0]).sampledValue)
      return samples.filter(({ measurand }) => measurand === 'Current.Import').map(({ phase, value }) => [phase, Number(value)])
    }
    station.plug(1, hatchback())
    await station.card(1, 'CARD')
    await clock.advance(5_000)
    assert.equal(connector().transaction?.powerW, 11_000)
    await send(13, 1)
    await clock.advance(PAUSE_MS - 1_000)
    assert.deepEqual([connector().state, connector().transaction?.powerW], ['suspendedEVSE', 0])
    await clock.advance(2_000)
    assert.deepEqual([connector().state, connector().transaction?.powerW], ['charging', 2_990])
    assert.deepEqual(await currents(), [
      ['L1', 13],
      ['L2', 0],
      ['L3', 0],
    ])
    await send(32, 1)
    await clock.advance(1_000)
    assert.equal(connector().transaction?.powerW, 7_333, 'no more than a phase of the EVSE carries')
    await send(10, 3)
    await clock.advance(PAUSE_MS + 1_000)
    assert.equal(connector().transaction?.powerW, 6_900)
    assert.deepEqual(await currents(), [
      ['L1', 10],
      ['L2', 10],
      ['L3', 10],
    ])
  })

test('a station says whether it switches, in the words of its version', async (t) => {
  const old = await setUp(t, { template })
  const key = { key: ['ConnectorSwitch3to1PhaseSupported'] }
  const answer = await old.csms.send('CS-1', 'GetConfiguration', key)
  assert.deepEqual(listOf(answer.configurationKey)[0], { key: key.key[0], readonly: true, value: 'true' })
  const other = await setUp(t, {})
  assert.equal(listOf((await other.csms.send('CS-1', 'GetConfiguration', key)).configurationKey)[0]?.value, 'false')
  const next = await setUp(t, { version: 'ocpp2.0.1', template })
  const variables = await next.csms.send('CS-1', 'GetVariables', {
    getVariableData: [{ component: { name: 'SmartChargingCtrlr' }, variable: { name: 'Phases3to1' } }],
  })
  assert.equal(listOf(variables.getVariableResult)[0]?.attributeValue, 'true')
})
