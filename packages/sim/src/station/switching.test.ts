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

for (const [sentence, phases, most] of [
  ['a station that leaves one phase: no more amperes flow on it than the profile of the car allows', 3, { limit: 20, numberPhases: 1 }],
  ['two phases of three cannot be had: the one that is closed carries no more than each of them might', 2, undefined],
] as const)
  test(sentence, async (t) => {
    const { csms, clock, station, connector } = await setUp(t, { template, settings })
    const send = async (payload: object) => assert.equal((await csms.send('CS-1', 'SetChargingProfile', payload)).status, 'Accepted')
    await send(profile16(10, phases))
    if (most)
      await send({
        connectorId: 0,
        csChargingProfiles: {
          chargingProfileId: 2,
          stackLevel: 1,
          chargingProfilePurpose: 'ChargePointMaxProfile',
          chargingProfileKind: 'Absolute',
          chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, ...most }] },
        },
      })
    station.plug(1, hatchback())
    await station.card(1, 'CARD')
    await clock.advance(PAUSE_MS + 10_000)
    assert.equal(connector().transaction?.powerW, 2_300)
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
