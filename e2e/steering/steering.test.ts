import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CAR_MODELS, createCar } from '@voltway/sim'
import { epochMs, HOUR, isoOf, MINUTE } from '@voltway/units'
import { eventually } from '../main-job/eventually.ts'
import { openSteeredTown, type SteeredTown } from './steered-town.ts'

const LIMIT_W = 24_000
/** Over so many minutes the meters' sum is held against the limit, too. */
const WINDOW = 5

let town: SteeredTown
/** What all EVSEs drew together whenever one of them changed, where that was above the limit. */
const over: string[] = []
let highest = 0
before(async () => {
  town = await openSteeredTown({ gridLimitW: LIMIT_W })
  town.fleet.subscribe(({ type }) => {
    if (type !== 'changed') return
    const total = town.powers().reduce((sum, power) => sum + power, 0)
    highest = Math.max(highest, total)
    if (total > LIMIT_W) over.push(`${isoOf(town.now())} ${town.powers().join(' + ')} W`)
  })
})
after(() => town.close())

const SALOON = CAR_MODELS.find(({ maxAcW }) => maxAcW[3] >= 22_000)!
/** A car with an empty battery that can take 22 kW. */
const car = () => createCar(SALOON, { socPercent: 5 })

const stations = () => [...town.fleet.stations.values()]
const arrive = async (station: number, evse: number, code: string) => {
  const place = stations()[station]!
  place.plug(evse, car())
  const started = await place.card(evse, code)
  assert.ok(started.ok, JSON.stringify(started))
}
/** Whole Wh on all meters, after each minute. */
const meters: number[] = []
const readMeters = () => {
  const registers = stations().flatMap((station) => station.evseNumbers.map((evse) => station.registers(evse).importWh))
  meters.push(registers.reduce((sum, wh) => sum + wh, 0))
}
const pass = (minutes: number) => town.pass(minutes, readMeters)
const profilesSent = async () =>
  (await town.rows(`select 1 from voltway.charging_profile where purpose = 'transaction' and status = 'accepted'`)).length

test('a site that cannot give all cars full power never draws more than its limit, and each has its energy by its departure', async () => {
  await eventually(
    async () => {
      await pass(1)
      return town.rows(`select 1 from voltway.charging_profile where purpose = 'evseDefault' and status = 'accepted'`)
    },
    ({ length }) => length === 4,
    { what: 'every EVSE holds a default' },
  )
  const from = town.now()
  const leaves = (hours: number) => epochMs(from + hours * HOUR)
  const asked = { AAAA2222: 10_000, BBBB2222: 9_000, CCCC2222: 12_000 } as const
  await town.promise({ station: 0, evse: 1, code: 'AAAA2222', energyWh: asked.AAAA2222, endsAt: leaves(1) })
  await town.promise({ station: 0, evse: 2, code: 'BBBB2222', energyWh: asked.BBBB2222, endsAt: leaves(1.5) })
  await town.promise({ station: 1, evse: 1, code: 'CCCC2222', energyWh: asked.CCCC2222, endsAt: leaves(1.25) })
  await arrive(0, 1, 'AAAA2222')
  await arrive(0, 2, 'BBBB2222')
  await arrive(1, 1, 'CCCC2222')
  await pass(6)
  const arrivedAt = town.now()
  await arrive(1, 2, 'WALKIN22')
  await pass(2)
  const replanned = await town.rows<{ reasons: readonly string[] }>(
    `select reasons from voltway.site_plan where planned_at >= ${arrivedAt}`,
  )
  assert.ok(
    replanned.some(({ reasons }) => reasons.includes('arrival')),
    'a fourth car makes a new plan',
  )

  await pass(Math.ceil((leaves(1.5) - town.now()) / MINUTE) + 3)
  const sessions = await town.rows<{ code: string | null; wh: number }>(
    `select r.code, s.import_wh as wh from voltway.session s left join voltway.reservation r on r.id = s.reservation_id`,
  )
  const had = new Map(sessions.map(({ code, wh }) => [code, wh]))
  for (const [code, energyWh] of Object.entries(asked)) {
    const wh = had.get(code) ?? 0
    assert.ok(wh >= 0.985 * energyWh && wh <= 1.015 * energyWh, `${code} has ${wh} of ${energyWh} Wh`)
  }
  assert.ok((had.get(null) ?? 0) > 1_000, 'the fourth car has what was left')
  assert.deepEqual(over, [])
  assert.ok(highest > 0.8 * LIMIT_W, `the limit is used: ${highest} W at most`)
  for (let end = WINDOW; end < meters.length; end++) {
    const drawnW = ((meters[end]! - meters[end - WINDOW]!) * 60) / WINDOW
    assert.ok(drawnW <= LIMIT_W + (4 * 60) / WINDOW, `${drawnW} W by the meters`)
  }
  assert.deepEqual(await town.rows(`select kind, detail from voltway.alarm`), [])
  const gaps = await town.rows(`select 1 from voltway.site_plan where cost_gap_nanos <> 0 or shortfall_gap_wh <> 0`)
  assert.deepEqual(gaps, [], 'every plan is certified')
  const held = await town.rows(`select 1 from voltway.site_plan_car where session_id is not null`)
  assert.ok((await profilesSent()) < 0.7 * held.length, 'a plan is told only to stations for which it changes something')
})
