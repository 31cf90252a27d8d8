import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { epochMs, MINUTE } from '@voltway/units'
import { sql } from 'kysely'
import { planSites } from './plan-sites.ts'
import { projectFacts } from './project-facts.ts'
import { FLAT, type JobWorld, NOON, openJobWorld, runOut, started } from './testing/job-world.ts'

let world: JobWorld
after(() => world.close())
const change = (statement: ReturnType<typeof sql>) => world.database.inTenant(world.place.tenantId, (tx) => statement.execute(tx))

/** What the car's station is told at a minute. */
const toldAt = async (minute: number) => {
  world.clock.advance(Math.max(0, NOON + minute * MINUTE - world.clock.now()))
  const before = world.asked.length
  await runOut(world, planSites)
  return world.asked
    .slice(before)
    .flatMap((intent) =>
      intent.kind === 'setChargingProfile' && intent.purpose === 'transaction'
        ? [{ first: intent.periods[0], phases: intent.phases, inAmperes: intent.inAmperes }]
        : [],
    )
}

test('a station that switches charges on one phase below 4.1 kW, and on three half an hour after that helps', async () => {
  world = await openJobWorld(FLAT)
  const { siteId, stationId } = world.place
  await change(sql`update voltway.charging_station set capabilities = '{"switchesPhases": true}' where id = ${stationId}`)
  await change(sql`update voltway.site set grid_limit_w = 3000 where id = ${siteId}`)
  await toldAt(0)
  await world.report([started(epochMs(NOON + MINUTE), 'WALK0001')])
  await runOut(world, projectFacts)
  assert.deepEqual(await toldAt(1), [{ first: { startSeconds: 0, limitW: 2_990, phases: 1 }, phases: 3, inAmperes: true }])
  await change(sql`update voltway.site set grid_limit_w = 21000 where id = ${siteId}`)
  assert.deepEqual(
    await toldAt(5),
    [{ first: { startSeconds: 0, limitW: 20_700, phases: 3 }, phases: 3, inAmperes: true }],
    'its first switch',
  )
  await change(sql`update voltway.site set grid_limit_w = 3000 where id = ${siteId}`)
  assert.deepEqual(
    (await toldAt(10)).map(({ first }) => first),
    [{ startSeconds: 0, limitW: 0, phases: 3 }],
    'too soon to switch back: it waits',
  )
  assert.deepEqual(
    (await toldAt(36)).map(({ first }) => first),
    [{ startSeconds: 0, limitW: 2_990, phases: 1 }],
  )
})
