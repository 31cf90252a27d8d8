import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { credentialOf, makeIso20TestPki, makeTestPki } from '@voltway/pki'
import { DAY, epochMs, seeded } from '@voltway/units'
import { systemClock } from '../clock.ts'
import { type FleetOptions, startFleet } from '../fleet.ts'
import { objectOf } from '../json.ts'
import { scaledClock } from '../scaled-clock.ts'
import { eventually } from '../testing/manual-clock.ts'
import { startTestServer } from '../testing/test-server.ts'
import type { HighLevel } from './cable.ts'
import type { CarCertificates } from './speech.ts'

const bytes = (length: number) => new Uint8Array(randomBytes(length))
const issuing = { now: epochMs(systemClock.now() - DAY), random: bytes }
const pki = makeTestPki(issuing)
const PKI_20 = makeIso20TestPki(issuing)
const { der, intermediates, privateKey } = pki.secc
const SECURED: HighLevel = {
  trusted: false,
  tls: { credentials: { iso2: { chain: [der, ...intermediates], privateKey } }, clientRoots: [] },
  contractRoots: [pki.roots.mo.der],
  randomBytes: bytes,
}
const BOTH: HighLevel = {
  ...SECURED,
  tls: {
    credentials: { iso2: credentialOf(pki.secc), iso20: credentialOf(PKI_20.secc) },
    clientRoots: [PKI_20.roots.oem.der],
  },
}
const CARS: CarCertificates = { roots: [pki.roots.v2g.der], randomBytes: bytes }

const STATIONS = [
  { identity: 'PLAIN', template: 'ac-22-dual', version: 'ocpp2.0.1' },
  { identity: 'OLD', template: 'ac-22-dual', version: 'ocpp1.6', highLevel: SECURED },
  { identity: 'NEW', template: 'dc-50-ccs-chademo', version: 'ocpp2.0.1', highLevel: SECURED },
] as const

const fleetOf = async (t: TestContext, options: Partial<FleetOptions>) => {
  const server = await startTestServer({ port: 0 })
  const clock = scaledClock({ base: systemClock, rate: 60 })
  const fleet = await startFleet({ url: server.url, stations: STATIONS, clock, random: seeded(3), ...options })
  t.after(async () => {
    await fleet.close()
    await server.close()
  })
  return fleet
}

test('how a car speaks is chosen at the plug, within what the connector understands; beyond it the screen says why not', async (t) => {
  const fleet = await fleetOf(t, { cars: CARS, control: { port: 0, token: 'key' } })
  const plug = async (place: string, speaks: unknown) => {
    const [identity, evse] = place.split(' ')
    const answer = await fetch(`${fleet.controlUrl}/stations/${identity}/connectors/${evse}/plug`, {
      method: 'POST',
      headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
      body: JSON.stringify({ car: { label: 'Estate' }, speaks }),
    })
    return [answer.status, objectOf(await answer.json()).text]
  }
  const speaks = [...fleet.stations.values()].flatMap((station) => station.view().connectors.map((one) => one.speaks.length))
  assert.deepEqual(speaks, [1, 1, 2, 2, 4, 1])
  const mute = 'This connector does not speak ISO 15118: it knows a car by the control pilot alone.'
  assert.deepEqual(await plug('PLAIN 1', 'iso15118'), [409, mute])
  assert.deepEqual(await plug('NEW 2', 'contract'), [409, mute])
  assert.deepEqual(await plug('OLD 1', 'contract'), [409, 'This station takes no contracts: charge with a card.'])
  assert.deepEqual(await plug('NEW 1', 'contract'), [409, 'No car here has a contract: charge with a card.'])
  assert.deepEqual(await plug('NEW 1', 'fetches'), [409, 'No car here has what it takes to fetch a contract: charge with a card.'])
  assert.deepEqual(await plug('NEW 1', 'morse'), [
    409,
    'A car speaks by one of: pilot, iso15118, contract, fetches, iso20, iso20Contract, iso20Fetches, iso20Dynamic.',
  ])
  assert.deepEqual(await plug('NEW 1', 'iso20'), [409, 'This station does not speak ISO 15118-20: choose ISO 15118-2.'])
  assert.deepEqual(await plug('NEW 3', 'iso15118'), [409, 'There is no EVSE 3.'])
  assert.deepEqual(await plug('PLAIN 1', 'pilot'), [200, 'Estate is plugged in.'])
  assert.deepEqual(await plug('NEW 1', 'iso15118'), [200, 'Estate is plugged in.'])
  const connector = (identity: string) => fleet.stations.get(identity)?.view().connectors[0]
  await eventually('they talk', () => connector('NEW')?.dialogue?.protocol === 'iso15118-2')
  assert.equal(connector('PLAIN')?.dialogue, undefined)
})

test('of the cars that come by themselves only so many speak at once, and only at CCS plugs', async (t) => {
  const stations = ['A', 'B', 'C', 'D'].map((identity) => ({ ...STATIONS[2], identity }))
  const cards = Array.from({ length: 8 }, (_, index) => `CARD${index}`)
  const fleet = await fleetOf(t, { stations, cars: CARS, life: { seed: 11, cards, busyAtStart: 1, talkersAtOnce: 2 } })
  const connectors = () => [...fleet.stations.values()].flatMap((station) => station.view().connectors)
  await eventually('all are busy', () => connectors().every(({ cable }) => cable === 'plugged'))
  const talkers = connectors().filter(({ dialogue }) => dialogue)
  assert.deepEqual(
    talkers.map(({ standard }) => standard),
    ['IEC_62196_T2_COMBO', 'IEC_62196_T2_COMBO'],
  )
  await eventually('those charge by what they said', () =>
    connectors().some(({ dialogue, transaction }) => dialogue?.state === 'charging' && (transaction?.powerW ?? 0) > 1_000),
  )
})

test('a car of ISO 15118-20 is plugged in where station and car can, with a contract only where it has one', async (t) => {
  const stations = [{ ...STATIONS[2], highLevel: BOTH }]
  const control = { port: 0, token: 'key' }
  const fleet = await fleetOf(t, { stations, control, cars: { ...CARS, iso20: { vehicle: credentialOf(PKI_20.vehicle) } } })
  const plug = async (speaks: string) => {
    const answer = await fetch(`${fleet.controlUrl}/stations/NEW/connectors/1/plug`, {
      method: 'POST',
      headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
      body: JSON.stringify({ car: { label: 'Estate' }, speaks, departureSeconds: 7_200 }),
    })
    return [answer.status, objectOf(await answer.json()).text]
  }
  const before = fleet.clock.now()
  assert.deepEqual(await plug('iso20Dynamic'), [409, 'No car here has a contract: charge with a card.'])
  assert.deepEqual(await plug('iso20'), [200, 'Estate is plugged in.'])
  const connector = () => fleet.stations.get('NEW')?.view().connectors[0]
  assert.deepEqual(connector()?.dialogue?.speaks, 'iso20')
  const leavesAt = Date.parse(connector()?.dialogue?.leavesAt ?? '')
  assert.ok(leavesAt >= before + 7_200_000 && leavesAt <= fleet.clock.now() + 7_200_000, 'it said when it leaves')
})
