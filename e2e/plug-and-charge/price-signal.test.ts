// What a cheap night does to a car: the same car, at the same time, at two sites of one server. One price all day, or dear hours before cheap ones.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { systemClock } from '@voltway/app'
import { credentialOf, makeTestPki } from '@voltway/pki'
import { CAR_MODELS, type CarIdentity, createCar } from '@voltway/sim'
import { DAY, type EpochMs, epochMs, HOUR, isoOf, MINUTE } from '@voltway/units'
import { type ChargingTown, eventually, openChargingTown, type ReceiptSeen, type SessionSeen } from './charging-town.ts'

const random = (length: number) => new Uint8Array(randomBytes(length))
const PKI = makeTestPki({ now: epochMs(systemClock.now() - DAY), random, ocspUrl: null })
const IDENTITY: CarIdentity = { evccId: random(6), roots: [PKI.roots.v2g.der], departureSeconds: 4 * 3_600 }

/** While cars arrive; then the night passes. */
const [ARRIVING, NIGHT] = [60, 900]
const DEAR_FOR = 100 * MINUTE
const [DEAR, CHEAP] = [500_000n, 100_000n]

/** The wall clock of a place without summer time, as tariffs have it. */
const clockTime = (at: number) => isoOf(epochMs(at)).slice(11, 16)
const common = { kind: 'elements', currency: 'GBP', timeZone: 'UTC', vat: { ratePpm: '200000', pricesInclude: true } } as const
const tariffs = (now: EpochMs) => ({
  flat: { ...common, name: 'Flat', elements: [{ perKwh: String(DEAR) }] },
  night: {
    ...common,
    name: 'Cheap night',
    elements: [
      { name: 'Dear', perKwh: String(DEAR), when: { startTime: clockTime(now - HOUR), endTime: clockTime(now + DEAR_FOR) } },
      { name: 'Night', perKwh: String(CHEAP) },
    ],
  },
})
const SITES = ['FLAT', 'NIGHT'] as const
type Site = (typeof SITES)[number]

let town: ChargingTown
let dearUntil: EpochMs
before(async () => {
  const now = systemClock.now()
  const { flat, night } = tariffs(now)
  dearUntil = epochMs(Math.floor((now + DEAR_FOR) / MINUTE) * MINUTE)
  town = await openChargingTown({
    stations: [
      { identity: 'FLAT', template: 'ac-22-dual', tariff: flat },
      { identity: 'NIGHT', template: 'ac-22-dual', tariff: night },
    ],
    drivers: SITES.map((name) => ({ name, card: `CARD${name}` })),
    rate: ARRIVING,
    highLevel: {
      trusted: false,
      tls: { credentials: { iso2: credentialOf(PKI.secc) }, clientRoots: [] },
      contractRoots: [],
      randomBytes: random,
    },
  })
})
after(() => town?.close())

const power = (site: Site): number => town.station(site).view().connectors[0]?.transaction?.powerW ?? 0
/** The receipt of a car that is stopped once it has some kilowatt-hours. */
const receiptAt = async (site: Site): Promise<ReceiptSeen> => {
  const station = town.station(site)
  await eventually(`the car at ${site} has energy`, () => (station.view().connectors[0]?.transaction?.importWh ?? 0) > 3_000)
  assert.ok(station.stop(1).ok)
  const session = await eventually(`there is a receipt of ${site}`, async () => {
    const { items } = await town.api<{ readonly items: readonly SessionSeen[] }>('GET', '/sessions')
    return items.find(({ driverName, receiptNumber }) => driverName === site && receiptNumber !== undefined)
  })
  return town.receiptOf(session)
}
/** What energy costs by a price, in whole pennies. */
const costOf = ({ importWh }: ReceiptSeen, perKwh: bigint): string =>
  String(((BigInt(importWh) * perKwh + 5_000_000n) / 10_000_000n) * 10_000n)

interface Chosen {
  readonly timeBase: string
  readonly chargingSchedule: { readonly chargingSchedulePeriod: readonly { readonly startPeriod: number; readonly limit: number }[] }
}
/** What a station told the server first, or was told, of a kind. */
const first = async <Payload>(site: Site, action: string): Promise<Payload | undefined> => {
  const [row] = await town.rows<{ request: string }>(
    `select m.request from voltway.ocpp_message m join voltway.charging_station s on s.id = m.station_id
      where m.action = '${action}' and s.name = '${site}' order by m.received_at limit 1`,
  )
  return row && (JSON.parse(row.request) as [unknown, unknown, unknown, Payload])[3]
}
/** W that a car said it would draw at a moment. */
const saidAt = ({ timeBase, chargingSchedule }: Chosen, at: EpochMs): number => {
  const seconds = (at - Date.parse(timeBase)) / 1_000
  return chargingSchedule.chargingSchedulePeriod.findLast(({ startPeriod }) => startPeriod <= seconds)?.limit ?? 0
}

test('dear hours before a cheap night move a car: it says so over its cable, draws nothing until then, and pays the price of the night', async () => {
  for (const site of SITES) {
    await town.station(site).card(1, `CARD${site}`)
    town.station(site).plug(1, createCar(CAR_MODELS[1]!, { socPercent: 80, identity: IDENTITY }))
  }
  const chosenAt = (site: Site) => eventually(`the car at ${site} has chosen`, () => first<Chosen>(site, 'NotifyEVChargingSchedule'))
  const [flat, night] = [await chosenAt('FLAT'), await chosenAt('NIGHT')]
  await eventually('the car at one price charges', () => power('FLAT') > 5_000)
  assert.ok(town.clock.now() < dearUntil - 20 * MINUTE, 'it is dear for a while yet')
  const soon = epochMs(town.clock.now() + 10 * MINUTE)
  const later = epochMs(dearUntil + 10 * MINUTE)
  assert.deepEqual([saidAt(flat, soon) > 5_000, saidAt(night, soon), saidAt(night, later) > 5_000], [true, 0, true], JSON.stringify(night))
  assert.equal(power('NIGHT'), 0)

  town.clock.setRate(NIGHT)
  await eventually('the car in the cheap night charges', () => {
    assert.ok(power('NIGHT') === 0 || town.clock.now() >= dearUntil, `${power('NIGHT')} W at ${isoOf(town.clock.now())}`)
    return power('NIGHT') > 5_000
  })
  // From here on the minutes of a busy machine must not be the hours in which cars are ready and leave.
  town.clock.setRate(ARRIVING)
  const [dear, cheap] = [await receiptAt('FLAT'), await receiptAt('NIGHT')]
  assert.ok(dear.importWh > 3_000 && cheap.importWh > 3_000)
  assert.deepEqual([dear.cost.total.micros, cheap.cost.total.micros], [costOf(dear, DEAR), costOf(cheap, CHEAP)])
})
