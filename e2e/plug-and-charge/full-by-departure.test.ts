// A car that says how much it wants and when it leaves, planned by the real server: it has that by then, losses included, and parts by itself.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { systemClock } from '@voltway/app'
import { credentialOf, makeTestPki } from '@voltway/pki'
import { CAR_MODELS, createCar } from '@voltway/sim'
import { DAY, epochMs } from '@voltway/units'
import { FLAT } from '../places.ts'
import { eventually, openChargingTown, type SessionSeen } from './charging-town.ts'

const random = (length: number) => new Uint8Array(randomBytes(length))
const PKI = makeTestPki({ now: epochMs(systemClock.now() - DAY), random, ocspUrl: null })
const STAYS_S = 9_000
/** Near its end a battery takes little, and at this speed what is negotiated takes minutes: some may be left. */
const LEAST_PERCENT = 99

test('a planned car on alternating current has what it asked for by its departure, ends its session and has a receipt', async (t) => {
  const town = await openChargingTown({
    stations: [{ identity: 'CS-1', template: 'ac-22-dual', tariff: FLAT }],
    drivers: [{ name: 'Dana', card: 'CARD1' }],
    rate: 60,
    highLevel: {
      trusted: false,
      tls: { credentials: { iso2: credentialOf(PKI.secc) }, clientRoots: [] },
      contractRoots: [],
      randomBytes: random,
    },
  })
  t.after(() => town.close())
  const station = town.station('CS-1')
  const connector = () => station.view().connectors[0]
  await station.card(1, 'CARD1')
  const identity = { evccId: random(6), roots: [PKI.roots.v2g.der], departureSeconds: STAYS_S }
  station.plug(1, createCar(CAR_MODELS[1]!, { socPercent: 80, identity }))
  await eventually('it charges', () => connector()?.state === 'charging')
  town.clock.setRate(300)
  await eventually('it ends its session', () => connector()?.dialogue?.state === 'ended')
  town.clock.setRate(60)
  assert.match(connector()?.dialogue?.ended ?? '', /^finished: (full|departure)$/)
  const reached = connector()?.car?.socPercent ?? 0
  assert.ok(reached >= LEAST_PERCENT, `${reached} %`)
  await eventually('the plug is free', () => station.unplug(1).ok)
  const session = await eventually('there is a receipt', async () => {
    const { items } = await town.api<{ readonly items: readonly SessionSeen[] }>('GET', '/sessions')
    return items.find(({ receiptNumber }) => receiptNumber !== undefined)
  })
  const { importWh } = await town.receiptOf(session)
  assert.equal(importWh, station.registers(1).importWh)
  assert.ok(Math.abs(importWh - (58_000 * (reached - 80)) / 100 / 0.9) < 100, `${importWh} Wh for ${reached} %`)
})
