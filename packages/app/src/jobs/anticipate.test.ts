import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { StoredFact } from '@voltway/store'
import { testId } from '@voltway/store/testing'
import { DAY, epochMs, HOUR, MINUTE, wattHours, watts } from '@voltway/units'
import { sql } from 'kysely'
import { planSites } from './plan-sites.ts'
import { projectFacts } from './project-facts.ts'
import { BY_THE_HOUR, type JobWorld, NOON, needsSaid, openJobWorld, runOut, started } from './testing/job-world.ts'

const worlds: JobWorld[] = []
after(() => Promise.all(worlds.map((world) => world.close())))

/** A site of 22 kW with two EVSEs, where as many cars came at two o'clock on each of the last three days, for 22 kWh before six. */
const openSite = async (carsADay: number): Promise<JobWorld> => {
  const world = await openJobWorld(BY_THE_HOUR)
  worlds.push(world)
  const { tenantId, siteId, stationId, evseId } = world.place
  await world.database.inTenant(tenantId, async (tx) => {
    await sql`update voltway.site set grid_limit_w = 22000 where id = ${siteId}`.execute(tx)
    await sql`insert into voltway.evse (tenant_id, id, station_id, number, code, current_type, max_power_w)
      values (${tenantId}, ${testId()}, ${stationId}, 2, ${`E2${stationId.slice(-6)}`}, 'AC', 22000)`.execute(tx)
    for (let day = 1; day <= 3; day++)
      for (let car = 0; car < carsADay; car++)
        await sql`insert into voltway.session (tenant_id, id, station_id, transaction_id, evse_id, state, started_at, ended_at, import_wh, last_fact_at, updated_at)
          values (${tenantId}, ${testId()}, ${stationId}, ${`past ${day} ${car}`}, ${evseId}, 'ended', ${NOON - day * DAY + 2 * HOUR},
            ${NOON - day * DAY + 6 * HOUR}, 22000, ${NOON}, ${NOON})`.execute(tx)
  })
  return world
}
/** A car is plugged in at noon and says over its cable that it wants 20 kWh by six. */
const morningCar = (): readonly StoredFact[] => [
  started(NOON),
  needsSaid(epochMs(NOON + MINUTE), { departure: epochMs(NOON + 6 * HOUR), energy: wattHours(20_000), maxPower: watts(22_000) }),
]
const planned = async (world: JobWorld) => {
  world.clock.advance(MINUTE)
  await world.report(morningCar())
  await runOut(world, projectFacts)
  const before = world.asked.length
  await runOut(world, planSites)
  const told = world.asked.slice(before).flatMap((intent) => (intent.kind === 'setChargingProfile' ? [intent] : []))
  const { rows } = await world.database.inTenant(world.place.tenantId, (tx) =>
    sql<{ days: number | null; early: number | null; lacks: number }>`
      select anticipated_days as days, early_wh as early, shortfall_wh as lacks from voltway.site_plan`.execute(tx),
  )
  return { now: told.find(({ purpose }) => purpose === 'transaction')?.periods[0]?.limitW, ...rows[0]! }
}

test('a site whose past days show an afternoon rush does not put the morning’s car off into it, and its plan says so', async () => {
  const { now, days, early, lacks } = await planned(await openSite(4))
  assert.ok(Number(now) > 20_000, `told ${now} W`)
  assert.deepEqual({ days, lacks, isEarly: Number(early) > 2_000 }, { days: 3, lacks: 0, isEarly: true })
})

test('where past afternoons had room it waits for the cheap hours, and a site without a history knows of no days', async () => {
  assert.deepEqual(await planned(await openSite(1)), { now: 0, days: 3, early: 0, lacks: 0 })
  assert.deepEqual(await planned(await openSite(0)), { now: 0, days: null, early: null, lacks: 0 })
})

test('past days are read once a day of the site, however often it is planned', async () => {
  const world = await openSite(4)
  let reads = 0
  const inTenant: JobWorld['database']['inTenant'] = (...given) => {
    reads++
    return world.database.inTenant(...given)
  }
  const row = { id: world.place.siteId, timeZone: 'Europe/London' }
  const at = (hours: number) =>
    world.services.pastDays.of({ db: { ...world.database, inTenant } }, world.place.tenantId, { row, now: epochMs(NOON + hours * HOUR) })
  const found = [await at(0), await at(1), await at(10.9), await at(11)]
  assert.deepEqual([found.map(({ days }) => days), reads], [[3, 3, 3, 4], 2])
})
