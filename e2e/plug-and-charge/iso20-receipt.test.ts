// A steered car of ISO 15118-20 from the plug to the receipt: real server, real station, real cable, no card.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadConfig, quietLog, type SeedPlan, seedTenant, startServer, systemClock } from '@voltway/app'
import { credentialOf, makeIso20TestPki, pemOf } from '@voltway/pki'
import { CAR_MODELS, carIdentity, createCar, readingTimeOf, scaledClock, startFleet } from '@voltway/sim'
import { openTestDatabase } from '@voltway/store/testing'
import { DAY, epochMs, seeded } from '@voltway/units'
import { carPark, FLAT } from '../steering/car-park.ts'

const EMAID = 'GBLUNC00000007'
const random = (length: number) => new Uint8Array(randomBytes(length))
const pki = makeIso20TestPki({ now: epochMs(systemClock.now() - DAY), random, ocspUrl: null, emaid: EMAID })
/** The world's minutes pass in a second. */
const RATE = 60
const PRICE_MICROS = BigInt(FLAT.elements[0]!.perKwh)

interface SessionSeen {
  readonly id: string
  readonly receiptNumber?: number
}
interface Receipt {
  readonly driverName?: string
  readonly importWh: number
  readonly exportWh: number
  readonly cost: { readonly total: { readonly micros: string } }
}

const eventually = async <Value>(what: string, look: () => Promise<Value | undefined> | Value | undefined): Promise<Value> => {
  for (const until = systemClock.now() + 60_000; systemClock.now() < until; ) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never happened: ${what}`)
}

const plan = {
  ...carPark({ template: 'ac-22-dual', tariff: FLAT, stations: [{ name: 'Station', identity: 'CS-20' }] }),
  drivers: [{ name: 'Dana' }],
  apiKeys: [{ name: 'all', scopes: ['stations:read', 'stations:write', 'sessions:read', 'drivers:read', 'drivers:write'] }],
} satisfies SeedPlan

test('a steered car of ISO 15118-20 pays by its contract; what it took is on the receipt, what it gave back stands beside it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'voltway-iso20-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const database = await openTestDatabase()
  t.after(() => database.close())
  const config = loadConfig({ DATABASE_URL: database.connectionString, VOLTWAY_DATA_DIRECTORY: folder, VOLTWAY_PORT: '0' })
  assert.ok(config.ok)
  const clock = scaledClock({ base: systemClock, rate: RATE })
  const server = await startServer({ config: config.value, clock: readingTimeOf(clock, systemClock), log: quietLog })
  t.after(() => server.close())
  const made = await seedTenant(server.services, plan)
  const api = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${made.apiKeys[0]!.key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
  await api('POST', '/trust-anchors', { use: 'MO', pem: pemOf(pki.roots.mo.der) })
  await api('POST', `/drivers/${made.drivers[0]!.id}/contracts`, { emaid: EMAID, pcid: 'GBLUNPC0000000007' })
  const fleet = await startFleet({
    url: `${server.url.replace(/^http/, 'ws')}/ocpp`,
    stations: made.stations.map(({ identity, password }) => ({
      identity,
      password,
      template: 'ac-22-dual',
      version: 'ocpp2.0.1',
      highLevel: {
        trusted: false,
        tls: { credentials: { iso20: credentialOf(pki.secc) }, clientRoots: [pki.roots.oem.der] },
        contractRoots: [pki.roots.mo.der],
        randomBytes: random,
      },
    })),
    clock,
    random: seeded(11),
    settings: { meterIntervalSeconds: '60' },
  })
  t.after(() => fleet.close())
  const station = fleet.stations.get('CS-20')!
  const transaction = () => station.view().connectors[0]?.transaction
  await eventually('the station is connected', () => (station.linkState() === 'connected' ? true : undefined))

  const certificates = {
    roots: [pki.roots.v2g.der],
    iso20: { vehicle: credentialOf(pki.vehicle), contract: credentialOf(pki.contract) },
    randomBytes: random,
  }
  station.plug(1, createCar(CAR_MODELS[1]!, { socPercent: 60, identity: carIdentity('iso20Dynamic', certificates) }))
  await eventually('it took a kilowatt-hour', () => ((transaction()?.importWh ?? 0) > 1_000 ? true : undefined))
  assert.ok(station.giveBack(1, 5_000).ok)
  await eventually('it gave some back', () => ((transaction()?.exportWh ?? 0) > 300 ? true : undefined))
  assert.ok(station.stop(1).ok)
  const session = await eventually('there is a receipt', async () => {
    const { items } = await api<{ readonly items: readonly SessionSeen[] }>('GET', '/sessions')
    return items.find(({ receiptNumber }) => receiptNumber !== undefined)
  })
  const receipt = await api<Receipt>('GET', `/sessions/${session.id}/receipt`)
  const { importWh, exportWh } = station.registers(1)
  assert.deepEqual([receipt.driverName, receipt.importWh, receipt.exportWh], ['Dana', importWh, exportWh])
  // What is given back is shown and not paid for: OCPP 2.0.1 carries the energy, and no terms to buy it on..
  const pennies = (BigInt(importWh) * PRICE_MICROS + 5_000_000n) / 10_000_000n
  assert.equal(receipt.cost.total.micros, String(pennies * 10_000n))
})
