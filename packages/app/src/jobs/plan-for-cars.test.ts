import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { VehicleNeeds } from '@voltway/domain/sessions'
import type { StoredFact } from '@voltway/store'
import { epochMs, HOUR, MINUTE, wattHours, watts } from '@voltway/units'
import { sql } from 'kysely'
import { planSites } from './plan-sites.ts'
import { projectFacts } from './project-facts.ts'
import { BY_THE_HOUR, type JobWorld, metered, NOON, needsSaid, openJobWorld, runOut, started } from './testing/job-world.ts'

const worlds: JobWorld[] = []
after(() => Promise.all(worlds.map((world) => world.close())))
const open = async () => {
  const world = await openJobWorld(BY_THE_HOUR)
  worlds.push(world)
  return world
}

const minutes = (count: number) => epochMs(NOON + count * MINUTE)
const needs = (minute: number, more: Partial<VehicleNeeds>) => needsSaid(minutes(minute), more)
const step = async (world: JobWorld, minute: number, facts: readonly StoredFact[]) => {
  world.clock.advance(Math.max(0, minutes(minute) - world.clock.now()))
  await world.report(facts)
  await runOut(world, projectFacts)
  const before = world.asked.length
  await runOut(world, planSites)
  return world.asked.slice(before)
}
/** What a station was told: power from which minute after noon on. */
const told = (intents: Awaited<ReturnType<typeof step>>) =>
  intents.flatMap((intent) =>
    intent.kind === 'setChargingProfile'
      ? [intent.periods.map(({ startSeconds, limitW }) => [((intent.startsAt ?? NOON) - NOON) / MINUTE + startSeconds / 60, limitW])]
      : [],
  )

test('a car that says over its cable what it needs and when it leaves is charged in the cheap hours, also where no limit holds anybody', async () => {
  const world = await open()
  assert.deepEqual(await step(world, 0, [started(NOON)]), [], 'a car that says nothing is left alone')
  const [profile, ...more] = told(await step(world, 1, [needs(1, { departure: epochMs(NOON + 6 * HOUR), energy: wattHours(11_000) })]))
  assert.equal(more.length, 0)
  const powerAt = (minute: number) => profile?.findLast(([from]) => Number(from) <= minute)?.[1]
  assert.deepEqual([powerAt(1), powerAt(119), powerAt(121)], [0, 0, 11_000], 'London is an hour ahead: three o’clock is 14:00 UTC')
})

test('a car that speaks is told beside its plan how dear the hours are until it leaves; one that does not is told nothing of it', async () => {
  const world = await open()
  const asked = await step(world, 1, [started(NOON), needs(1, { departure: epochMs(NOON + 6 * HOUR), energy: wattHours(11_000) })])
  const said = asked.flatMap((intent) => (intent.kind === 'setChargingProfile' ? [intent.prices] : []))
  assert.equal(said.length, 1)
  const [dear, cheap, ...rest] = said[0]?.entries ?? []
  assert.equal(said[0]?.levels, 2)
  assert.deepEqual([dear?.startSeconds, dear?.level, cheap?.level], [0, 2, 1])
  // London is an hour ahead: three to seven o'clock is 14:00 to 18:00 UTC, when the car leaves.
  assert.deepEqual([(dear?.durationSeconds ?? 0) / 60, (cheap?.durationSeconds ?? 0) / 60, rest.length], [119, 240, 0])
})

test('a car that renews what it needs is planned anew from there, and counts what it had been given', async () => {
  const world = await open()
  const departure = epochMs(NOON + HOUR)
  const first = told(await step(world, 1, [started(NOON), needs(1, { departure, energy: wattHours(8_000) })]))
  assert.equal(first.length, 1)
  const again = told(
    await step(world, 30, [
      { ...metered(minutes(29), 5_000), powerW: watts(11_000) } as StoredFact,
      needs(30, { departure, energy: wattHours(5_000) }),
    ]),
  )
  assert.equal(again.length, 1)
  const energy = (again[0] ?? []).reduce((sum, [from, power], index, all) => {
    const until = Math.min(60, Number(all[index + 1]?.[0] ?? 60))
    return sum + (Number(power) * Math.max(0, until - Math.max(30, Number(from)))) / 60
  }, 0)
  // The last reading is a minute old: what flowed since counts as given.
  assert.ok(energy >= 5_000 - 11_000 / 60 && energy <= 5_000, `${energy} Wh are left for it`)
})

test('a car that does not say when it leaves, where no limit holds anybody, is told at once that it may have all, and how dear the hours are', async () => {
  const world = await open()
  const asked = await step(world, 1, [started(NOON), needs(1, { energy: wattHours(30_000) })])
  assert.deepEqual(told(asked), [[[1, 22_000]]])
  const [intent] = asked
  assert.equal(intent?.kind === 'setChargingProfile' && intent.prices?.levels, 2)
  assert.deepEqual(await step(world, 40, [metered(minutes(39), 27_000)]), [], 'once is enough')
  // It had what it asked for: nobody stops a car that nothing holds back.
  assert.deepEqual(await step(world, 90, [metered(minutes(89), 60_000)]), [])
})

test('a car that said when it leaves and stays on is held back no more', async () => {
  const world = await open()
  await step(world, 1, [started(NOON), needs(1, { departure: epochMs(NOON + HOUR), energy: wattHours(5_000) })])
  assert.deepEqual(told(await step(world, 61, [])), [[[61, 22_000]]])
})

test('a car that says again what it needs is told again, also where the plan is the same: its station waits for it', async () => {
  const world = await open()
  const departure = epochMs(NOON + 2 * HOUR)
  const wish = { departure, energy: wattHours(20_000) }
  assert.equal(told(await step(world, 1, [started(NOON), needs(1, wish)])).length, 1)
  assert.deepEqual(await step(world, 2, []), [])
  assert.equal(told(await step(world, 3, [needs(3, wish)])).length, 1)
  assert.equal(told(await step(world, 10, [needs(10, wish)])).length, 1)
  const free = await open()
  for (const minute of [1, 3, 10])
    assert.equal(told(await step(free, minute, [...(minute === 1 ? [started(NOON)] : []), needs(minute, {})])).length, 1)
})

test('a station that asks its car anew because of a plan is not told it over and over', async () => {
  const world = await open()
  const wish = { departure: epochMs(NOON + 2 * HOUR), energy: wattHours(20_000) }
  await step(world, 1, [started(NOON), needs(1, wish)])
  const seconds = async (count: number) => {
    world.clock.advance(count * 1_000)
    return step(world, 0, [needsSaid(world.clock.now(), wish)])
  }
  assert.equal(told(await seconds(5)).length, 1, 'the first plan may have come before the car had spoken')
  assert.deepEqual([await seconds(5), await seconds(5), await seconds(5)], [[], [], []])
})

test('where the operator does not steer, a car that speaks is told nothing', async () => {
  const world = await open()
  const { tenantId, siteId } = world.place
  await world.database.inTenant(tenantId, (tx) => sql`update voltway.site set steering = false where id = ${siteId}`.execute(tx))
  assert.deepEqual(await step(world, 1, [started(NOON), needs(1, { energy: wattHours(30_000) })]), [])
})
