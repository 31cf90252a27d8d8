import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CAR_MODELS, createCar } from '@voltway/sim'
import { eventually } from '../main-job/eventually.ts'
import { openSteeredTown, type SteeredTown } from './steered-town.ts'

const LIMIT_W = 32_000
const saloon = CAR_MODELS.find(({ maxAcW }) => maxAcW[3] >= 22_000)!

let town: SteeredTown
before(async () => {
  town = await openSteeredTown({ gridLimitW: LIMIT_W, quirks: [{ ignores: ['SetChargingProfile'] }, {}] })
})
after(() => town.close())

const arrive = async (station: number, code: string) => {
  const place = [...town.fleet.stations.values()][station]!
  place.plug(1, createCar(saloon, { socPercent: 5 }))
  const started = await place.card(1, code)
  assert.ok(started.ok, JSON.stringify(started))
}
const total = () => town.powers().reduce((sum, power) => sum + power, 0)

test('a station that says yes to its profile and does not heed it raises an alarm, and the others make room for what it draws', async () => {
  await eventually(
    async () => {
      await town.pass(1, () => {})
      return town.rows(`select 1 from voltway.charging_profile where purpose = 'evseDefault' and status = 'accepted'`)
    },
    ({ length }) => length === 4,
    { what: 'every EVSE holds a default' },
  )
  await arrive(0, 'WALKIN22')
  await arrive(1, 'SECOND22')
  const alarms = () =>
    town.rows<{ kind: string; identity: string }>(
      `select alarm.kind, station.identity from voltway.alarm join voltway.charging_station station on station.id = alarm.station_id`,
    )
  await eventually(
    async () => {
      await town.pass(1, () => {})
      return alarms()
    },
    ({ length }) => length > 0,
    { what: 'an alarm of the station that does what it likes' },
  )
  assert.deepEqual(await alarms(), [{ kind: 'ChargingProfileIgnored', identity: 'CS-1' }])
  await town.pass(2, () => {})
  assert.ok(town.powers()[0]! > 20_000, 'it still draws all it can')
  assert.ok(town.powers()[2]! > 6_000, 'the other goes on with what is left')
  for (let minute = 0; minute < 3; minute++) await town.pass(1, () => assert.ok(total() <= LIMIT_W, `${town.powers().join(' + ')} W`))
})
