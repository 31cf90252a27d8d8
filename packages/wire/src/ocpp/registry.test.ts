import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Direction, RequestOf } from './action.ts'
import { actionsOf, jsonSchemaOf, protocolOf, stationMayBeCalled, stationMayCall, validateRequest } from './protocols.ts'
import { type BootNotificationRequest, bootNotification } from './v16/index.ts'
import { OCPP_VERSIONS, type OcppVersion } from './version.ts'

const BUILT: Readonly<Record<OcppVersion, Readonly<Record<Direction, string>>>> = {
  'ocpp1.6': {
    fromStation: 'Authorize BootNotification Heartbeat MeterValues StartTransaction StatusNotification StopTransaction',
    toStation:
      'CancelReservation ChangeAvailability ChangeConfiguration ClearChargingProfile GetCompositeSchedule GetConfiguration RemoteStartTransaction RemoteStopTransaction ReserveNow Reset SetChargingProfile TriggerMessage UnlockConnector',
    both: 'DataTransfer',
  },
  'ocpp2.0.1': {
    fromStation:
      'Authorize BootNotification Get15118EVCertificate GetCertificateStatus Heartbeat MeterValues NotifyEVChargingNeeds NotifyEVChargingSchedule NotifyEvent NotifyReport ReportChargingProfiles StatusNotification TransactionEvent',
    toStation:
      'CancelReservation ChangeAvailability ClearChargingProfile DeleteCertificate GetBaseReport GetChargingProfiles GetCompositeSchedule GetInstalledCertificateIds GetVariables InstallCertificate RequestStartTransaction RequestStopTransaction ReserveNow Reset SetChargingProfile SetVariables TriggerMessage UnlockConnector',
    both: 'DataTransfer',
  },
}
for (const version of OCPP_VERSIONS)
  for (const direction of ['fromStation', 'toStation', 'both'] as const)
    test(`${version} is built ${direction}: ${BUILT[version][direction].slice(0, 60)}`, () => {
      const names = [...protocolOf(version).actions.values()].filter((one) => one.direction === direction).map(({ name }) => name)
      assert.equal(names.sort().join(' '), BUILT[version][direction])
    })

test('every action of a version can be listed, built or not', () => {
  assert.deepEqual(
    OCPP_VERSIONS.map((version) => actionsOf(version).length),
    [39, 64],
  )
  assert.deepEqual(
    actionsOf('ocpp1.6').find(({ name }) => name === 'Reset'),
    { name: 'Reset', direction: 'toStation' },
  )
  assert.deepEqual(
    actionsOf('ocpp1.6').find(({ name }) => name === 'GetLog'),
    { name: 'GetLog', direction: undefined },
  )
})
test('a station may call what is built for it, and learns why not otherwise', () => {
  assert.deepEqual(stationMayCall('ocpp1.6', 'Heartbeat'), { ok: true, value: { name: 'Heartbeat', direction: 'fromStation' } })
  assert.equal(stationMayCall('ocpp2.0.1', 'DataTransfer').ok, true)
  assert.deepEqual(stationMayCall('ocpp1.6', 'Reset'), { ok: false, failure: 'NotSupported' })
  assert.deepEqual(stationMayCall('ocpp2.0.1', 'StartTransaction'), { ok: false, failure: 'NotImplemented' })
  assert.equal(stationMayBeCalled('ocpp1.6', 'Reset').ok, true)
  assert.deepEqual(stationMayBeCalled('ocpp1.6', 'Heartbeat'), { ok: false, failure: 'NotSupported' })
  assert.deepEqual(stationMayCall('ocpp2.0.1', 'toString'), { ok: false, failure: 'NotImplemented' })
})
test('an action carries the types of its payloads', () => {
  const request: RequestOf<typeof bootNotification> = { chargePointVendor: 'V', chargePointModel: 'M' } satisfies BootNotificationRequest
  const name: 'BootNotification' = bootNotification.name
  assert.equal(validateRequest('ocpp1.6', name, request).ok, true)
})
test('what goes out is checked strictly, with all that is wrong', () => {
  const profile = { connectorId: '1', csChargingProfiles: { chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: 'Tx', extra: 1 } }
  const checked = validateRequest('ocpp1.6', 'SetChargingProfile', profile)
  assert.ok(!checked.ok)
  const issues = checked.failure.issues.map(({ path, keyword }) => `${keyword} ${path}`).sort()
  assert.deepEqual(issues, [
    'additionalProperties /csChargingProfiles/extra',
    'enum /csChargingProfiles/chargingProfilePurpose',
    'required /csChargingProfiles/chargingProfileKind',
    'required /csChargingProfiles/chargingSchedule',
    'type /connectorId',
  ])
})
test('a limit of 16.3 A is a multiple of 0.1, and 16.34 is none', () => {
  const profile = (limit: number) => ({
    connectorId: 1,
    csChargingProfiles: {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Absolute',
      chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
    },
  })
  assert.equal(validateRequest('ocpp1.6', 'SetChargingProfile', profile(16.3)).ok, true)
  assert.equal(validateRequest('ocpp1.6', 'SetChargingProfile', profile(16.34)).ok, false)
})
test('a configuration value is at most 500 characters', () => {
  const change = (length: number) => validateRequest('ocpp1.6', 'ChangeConfiguration', { key: 'k', value: 'x'.repeat(length) }).ok
  assert.deepEqual([change(500), change(501)], [true, false])
})
for (const version of OCPP_VERSIONS)
  test(`the ${version} schemas stand on their own`, () => {
    for (const { name } of actionsOf(version))
      for (const kind of ['request', 'response'] as const) {
        const schema = jsonSchemaOf(version, name, kind)
        assert.equal(schema?.type, 'object', name)
        assert.ok(!JSON.stringify(schema).includes('$ref'), name)
      }
    assert.equal(jsonSchemaOf(version, 'constructor', 'request'), undefined)
  })
