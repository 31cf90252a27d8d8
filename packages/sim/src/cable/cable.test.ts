import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credentialOf, makeTestPki, pemOf } from '@voltway/pki'
import { DAY, epochMs } from '@voltway/units'
import { systemClock } from '../clock.ts'
import { listOf, numberOf, objectOf } from '../json.ts'
import { bytes, car, eventually, heedsCars, talking } from '../testing/talking-station.ts'
import type { TestServerOptions } from '../testing/test-server.ts'
import type { CarIdentity, HighLevel } from './cable.ts'

const pki = makeTestPki({ now: epochMs(systemClock.now() - DAY), random: bytes })

const TRUSTED: HighLevel = { trusted: true, contractRoots: [], randomBytes: bytes }
const SECURED: HighLevel = {
  trusted: false,
  tls: { credentials: { iso2: credentialOf(pki.secc) }, clientRoots: [] },
  contractRoots: [pki.roots.mo.der],
  randomBytes: bytes,
}
const PLAIN: CarIdentity = { evccId: Uint8Array.fromHex('020000000001'), roots: [], paceMs: 30 }
const WITH_CONTRACT: CarIdentity = {
  ...PLAIN,
  roots: [pki.roots.v2g.der],
  contract: credentialOf(pki.contract),
  departureSeconds: 4 * 3_600,
}

const names = (messages: readonly { readonly message: string }[] = []) => messages.map(({ message }) => message)

test('a car on direct current says what it wants over its cable, is stopped in order, and the meter counts what it asked for', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: TRUSTED })
  station.plug(1, car(PLAIN))
  await eventually('the car waits for its driver', () => names(connector().dialogue?.messages).includes('AuthorizationRes'))
  assert.equal(connector().transaction, undefined)
  assert.ok((await station.card(1, 'BOOK42')).ok)
  await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 10_000)
  const { dialogue, transaction } = connector()
  assert.deepEqual([dialogue?.state, dialogue?.protocol, dialogue?.security], ['charging', 'iso15118-2', 'none'])
  assert.ok(Math.abs((dialogue?.demandW ?? 0) - (transaction?.powerW ?? 0)) < 1_000, 'the output is what the car asks for')
  for (const name of ['CableCheckRes', 'PreChargeRes', 'PowerDeliveryRes', 'CurrentDemandReq'])
    assert.ok(names(dialogue?.messages).includes(name), name)
  await eventually('the meter counts', () => (connector().transaction?.importWh ?? 0) > 500)
  assert.ok(station.stop(1).ok)
  await eventually('both part in order', () => connector().dialogue?.ended === 'finished')
  await eventually('the plug is free', () => connector().state === 'finishing')
  await eventually('the server hears the end', () => csms.of('TransactionEvent').at(-1)?.eventType === 'Ended')
  const ended = csms.of('TransactionEvent').at(-1)
  assert.deepEqual([ended?.eventType, objectOf(ended?.transactionInfo).stoppedReason], ['Ended', 'Local'])
})

test('a car that has enough stops by itself, and its station says so', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: TRUSTED })
  await station.card(1, 'BOOK42')
  station.plug(1, car(PLAIN, 40, 41))
  await eventually('the server hears the end', () => csms.of('TransactionEvent').at(-1)?.eventType === 'Ended')
  assert.equal(connector().dialogue?.ended, 'finished: full')
  assert.equal(objectOf(csms.of('TransactionEvent').at(-1)?.transactionInfo).stoppedReason, 'StoppedByEV')
})

test('a plug torn out ends the session and switches the output off', async (t) => {
  const { station, connector } = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: TRUSTED })
  await station.card(1, 'BOOK42')
  station.plug(1, car(PLAIN))
  await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 10_000)
  assert.ok(station.unplug(1, true).ok)
  assert.deepEqual([connector().state, connector().transaction, connector().dialogue], ['available', undefined, undefined])
})

/** What a server answers to a car's needs: a plan, four minutes of nothing, then 7 kW. */
const PLAN = {
  id: 7,
  stackLevel: 1,
  chargingProfilePurpose: 'TxProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    {
      id: 1,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [
        { startPeriod: 0, limit: 0 },
        { startPeriod: 240, limit: 7_000, numberPhases: 3 },
      ],
    },
  ],
}

test('a car with a contract charges without a card: its certificate reaches the server, the server’s plan reaches the car, its choice the server', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'ac-22-dual', highLevel: SECURED }, { answer: heedsCars })
  station.plug(1, car(WITH_CONTRACT))
  await eventually('the server hears what the car needs', () => csms.of('NotifyEVChargingNeeds').length > 0)
  const transactionId = String(objectOf(csms.of('TransactionEvent')[0]?.transactionInfo).transactionId)
  await csms.send('CS-1', 'SetChargingProfile', { evseId: 1, chargingProfile: { ...PLAN, transactionId } })
  await eventually('the car has chosen', () => csms.of('NotifyEVChargingSchedule').length > 0)

  const [authorize] = csms.of('Authorize')
  assert.deepEqual(authorize?.idToken, { idToken: pki.contract.subject.commonName, type: 'eMAID' })
  assert.deepEqual(csms.of('TransactionEvent')[0]?.idToken, authorize?.idToken)
  assert.equal(authorize?.certificate, [pki.contract.der, ...pki.contract.intermediates].map(pemOf).join(''))
  const [needs] = csms.of('NotifyEVChargingNeeds')
  const asked = objectOf(objectOf(needs?.chargingNeeds).acChargingParameters)
  assert.deepEqual([asked.evMaxCurrent, asked.evMinCurrent, asked.energyAmount], [16, 6, 38_670])
  const [schedule] = csms.of('NotifyEVChargingSchedule')
  const periods = listOf(objectOf(schedule?.chargingSchedule).chargingSchedulePeriod)
  assert.deepEqual(
    periods.map(({ limit }) => limit),
    [0, 7_000],
  )
  assert.deepEqual([connector().dialogue?.protocol, connector().dialogue?.security], ['iso15118-2', 'TLS 1.2'])
  await eventually('it charges by the plan', () => (connector().transaction?.powerW ?? 0) === 7_000)
  assert.ok((numberOf(periods[1]?.startPeriod) ?? 0) > 30)
})

test('a contract that the server does not know starts nothing', async (t) => {
  const answer: TestServerOptions['answer'] = ({ action }) => (action === 'Authorize' ? { idTokenInfo: { status: 'Unknown' } } : undefined)
  const { csms, station, connector } = await talking(t, { template: 'ac-22-dual', highLevel: SECURED }, { answer })
  station.plug(1, car(WITH_CONTRACT))
  await eventually('the session is over', () => connector().dialogue?.state === 'ended')
  assert.match(connector().dialogue?.ended ?? '', /^refus/)
  assert.equal(connector().transaction, undefined)
  assert.equal(csms.of('TransactionEvent').length, 0)
})

/** What the server says of a contract's certificates, and what the car hears of it. */
const verdicts: [status: string, code: string][] = [
  ['SignatureError', 'FAILED_SignatureError'],
  ['CertificateExpired', 'FAILED_CertificateExpired'],
  ['CertificateRevoked', 'FAILED_CertificateRevoked'],
  ['NoCertificateAvailable', 'FAILED_NoCertificateAvailable'],
  ['CertChainError', 'FAILED_CertChainError'],
  ['ContractCancelled', 'FAILED_ContractCanceled'],
  ['Accepted', 'FAILED'],
]
for (const [certificateStatus, code] of verdicts)
  test(`a car whose contract the server refuses as ${certificateStatus} is told ${code}`, async (t) => {
    const answer: TestServerOptions['answer'] = ({ action }) =>
      action === 'Authorize' ? { idTokenInfo: { status: 'Invalid' }, certificateStatus } : undefined
    const { station, connector } = await talking(t, { template: 'ac-22-dual', highLevel: SECURED }, { answer })
    station.plug(1, car(WITH_CONTRACT))
    await eventually('the session is over', () => connector().dialogue?.state === 'ended')
    const told = connector().dialogue?.messages.findLast(({ message }) => message === 'AuthorizationRes')
    assert.equal(told?.responseCode, code)
  })

test('where no session comes up alternating current is charged by the control pilot alone, and direct current not at all', async (t) => {
  const stranger: CarIdentity = { ...PLAIN, roots: [makeTestPki({ now: epochMs(systemClock.now() - DAY), random: bytes }).roots.v2g.der] }
  const ac = await talking(t, { template: 'ac-22-dual', highLevel: SECURED })
  ac.station.plug(1, car(stranger))
  await ac.station.card(1, 'BOOK42')
  await eventually('it charges', () => (ac.connector().transaction?.powerW ?? 0) > 5_000)
  assert.match(ac.connector().dialogue?.ended ?? '', /chain|tls/i)
  const dc = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: SECURED, identity: 'CS-2' })
  dc.station.plug(1, car(stranger))
  await dc.station.card(1, 'BOOK42')
  await eventually('it is over', () => dc.connector().state === 'finishing')
  assert.equal(dc.station.registers(1).importWh, 0)
})
