import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCable } from '../testing/cable.ts'
import { EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from '../testing/peers.ts'
import { sentIn, toldIn } from '../testing/read-log.ts'
import { iso2Evcc, iso2Secc } from './index.ts'

const AC = {
  secc: { ...SECC_OPTIONS, protocols: [iso2Secc] },
  evcc: { ...EVCC_OPTIONS, protocols: [iso2Evcc] },
  station: willingStation(),
  car: willingCar,
}

test('a car charges alternating current, stops, and both ends part in order', () => {
  const { log, ends } = runCable({ ...AC, carSays: [[20_000, { word: 'stop' }]] })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  assert.deepEqual(sentIn(log, 'iso15118-2'), [
    ...['supportedAppProtocolReq', 'supportedAppProtocolRes', 'SessionSetupReq', 'SessionSetupRes', 'ServiceDiscoveryReq'],
    ...['ServiceDiscoveryRes', 'PaymentServiceSelectionReq', 'PaymentServiceSelectionRes', 'AuthorizationReq', 'AuthorizationRes'],
    ...['ChargeParameterDiscoveryReq', 'ChargeParameterDiscoveryRes', 'PowerDeliveryReq', 'PowerDeliveryRes', 'ChargingStatusReq'],
    ...['ChargingStatusRes', 'PowerDeliveryReq', 'PowerDeliveryRes', 'SessionStopReq', 'SessionStopRes'],
  ])
  assert.deepEqual(toldIn(log, 'secc'), [
    ...['sessionBegan', 'servicesSelected', 'authoriseWanted', 'needs', 'scheduleWanted', 'profileChosen', 'closeContactor'],
    ...['openContactor', 'ended'],
  ])
  assert.deepEqual(toldIn(log, 'evcc'), [
    ...['sessionBegan', 'services', 'serviceChosen', 'authorising', 'authorised', 'limits', 'offers', 'controlPilot', 'closeContactor'],
    ...['measured', 'openContactor', 'controlPilot', 'ended'],
  ])
})
