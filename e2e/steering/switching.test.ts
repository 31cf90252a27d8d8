import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CAR_MODELS, createCar } from '@voltway/sim'
import { eventually } from '../main-job/eventually.ts'
import { openSteeredTown, type SteeredTown } from './steered-town.ts'

/** Less for each than 6 A on three phases, 4,140 W. */
const LIMIT_W = 6_000
/** 13 A on one. */
const ON_ONE_W = 2_990
/** A hold, and what a plan takes to arrive and a meter to be read. */
const LONGEST_MINUTES = 45
const hatchback = CAR_MODELS.find(({ label }) => label === 'Hatchback')!

let town: SteeredTown
before(async () => {
  town = await openSteeredTown({ gridLimitW: LIMIT_W, template: 'ac-22-switching' })
})
after(() => town.close())

const arrive = async (station: number, code: string) => {
  const place = [...town.fleet.stations.values()][station]!
  place.plug(1, createCar(hatchback, { socPercent: 5 }))
  const started = await place.card(1, code)
  assert.ok(started.ok, JSON.stringify(started))
}

/** Amperes on L1, L2 and L3 as each session was metered last. */
const metered = async () =>
  (
    await town.rows<{ amperes: readonly number[] }>(
      `select distinct on (transaction_id)
         array(select coalesce((other->'phases'->phase->>'currentImportA')::float8, 0) from unnest(array['L1', 'L2', 'L3']) phase) as amperes
       from voltway.meter_value where other ? 'phases' order by transaction_id, occurred_at desc`,
    )
  ).map(({ amperes }) => amperes)

test('where three phases at 6 A are too much, cars of both versions charge on one', async () => {
  await eventually(
    async () => {
      await town.pass(1, () => {})
      return town.rows(`select 1 from voltway.charging_profile where purpose = 'evseDefault' and status = 'accepted'`)
    },
    ({ length }) => length === 2,
    { what: 'every EVSE holds a default' },
  )
  await arrive(0, 'WALKIN22')
  await arrive(1, 'SECOND22')
  const within = () => assert.ok(town.powers().reduce((sum, power) => sum + power, 0) <= LIMIT_W, `${town.powers()} W`)
  // Whoever is heard of first may begin on three phases, and is not switched again for half an hour.
  for (let minutes = 0; minutes < LONGEST_MINUTES && !town.powers().every((power) => power === ON_ONE_W); minutes += 5)
    await town.pass(5, within)
  assert.deepEqual(town.powers(), [ON_ONE_W, ON_ONE_W])
  assert.deepEqual(await metered(), [
    [13, 0, 0],
    [13, 0, 0],
  ])
})
