import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CAR_MODELS, createCar } from '@voltway/sim'
import { epochMs, HOUR, isoOf, MINUTE } from '@voltway/units'
import { eventually } from '../main-job/eventually.ts'
import { openSteeredTown, type SteeredTown } from './steered-town.ts'

const LIMITS_A = [40, 36, 36] as const
const VOLTS = 230
const city = CAR_MODELS.find(({ acPhases }) => acPhases === 1)!
const saloon = CAR_MODELS.find(({ maxAcW }) => maxAcW[3] >= 22_000)!

/** The site's phases of each EVSE's car: the first station's second EVSE is wired to begin with L2. */
const DRAWN = [[0], [1], [0, 1, 2], [0, 1, 2]] as const

let town: SteeredTown
/** Whenever an EVSE changed: where a phase carried more than it may. */
const over: string[] = []
const highest = [0, 0, 0]
before(async () => {
  town = await openSteeredTown({
    energy: ({ stations }) => ({
      phaseLimitsA: LIMITS_A,
      mostPauses: 1,
      stations: [{ stationId: stations[0]!.id, evses: [{ number: 2, phaseRotation: 'STR' }] }],
    }),
  })
  town.fleet.subscribe(({ type }) => {
    if (type !== 'changed') return
    const powers = town.powers()
    for (const phase of [0, 1, 2] as const) {
      const current = powers.reduce((sum, power, evse) => {
        const drawn: readonly number[] = DRAWN[evse]!
        return sum + (drawn.includes(phase) ? power / drawn.length / VOLTS : 0)
      }, 0)
      highest[phase] = Math.max(highest[phase]!, current)
      if (current > LIMITS_A[phase] + 1e-6) over.push(`${isoOf(town.now())} L${phase + 1}: ${current} A of ${powers.join(' + ')} W`)
    }
  })
})
after(() => town.close())

const arrive = async (station: number, evse: number, { code, model }: { readonly code: string; readonly model: typeof city }) => {
  const place = [...town.fleet.stations.values()][station]!
  place.plug(evse, createCar(model, { socPercent: 5 }))
  const started = await place.card(evse, code)
  assert.ok(started.ok, JSON.stringify(started))
}

test('single-phase and three-phase cars charge under limits of amperes by phase, and no phase ever carries more', async () => {
  await eventually(
    async () => {
      await town.pass(1, () => {})
      return town.rows(`select 1 from voltway.charging_profile where purpose = 'evseDefault' and status = 'accepted'`)
    },
    ({ length }) => length === 4,
    { what: 'every EVSE holds a default' },
  )
  const endsAt = epochMs(town.now() + 1 * HOUR)
  await town.promise({ station: 0, evse: 1, code: 'AAAA2222', energyWh: 3_500, endsAt })
  await town.promise({ station: 1, evse: 1, code: 'CCCC2222', energyWh: 11_000, endsAt })
  await arrive(0, 1, { code: 'AAAA2222', model: city })
  await arrive(1, 1, { code: 'CCCC2222', model: saloon })
  await town.pass(5, () => {})
  await arrive(0, 2, { code: 'WALKIN22', model: city })
  await town.pass(Math.ceil((endsAt - town.now()) / MINUTE) + 2, () => {})

  assert.deepEqual(over, [])
  const sessions = await town.rows<{ code: string | null; wh: number }>(
    `select r.code, s.import_wh as wh from voltway.session s left join voltway.reservation r on r.id = s.reservation_id`,
  )
  const had = new Map(sessions.map(({ code, wh }) => [code, wh]))
  for (const [code, wh] of [
    ['AAAA2222', 3_500],
    ['CCCC2222', 11_000],
  ] as const)
    assert.ok(Math.abs((had.get(code) ?? 0) - wh) <= 0.03 * wh, `${code} has ${had.get(code)} of ${wh} Wh`)
  assert.ok((had.get(null) ?? 0) > 1_000, `the walk-in on the other phase has ${had.get(null)} Wh`)
  assert.ok(highest[1]! > 0.7 * LIMITS_A[1], `phases are used: ${highest.join(', ')} A at most`)

  const told = await town.rows<{ action: string; payload: { csChargingProfiles?: Profile; chargingProfile?: Profile } }>(
    `select action, payload from voltway.station_command where action = 'SetChargingProfile' and requested_by <> 'plan:default'`,
  )
  const schedules = told.map(({ payload }) => [(payload.csChargingProfiles ?? payload.chargingProfile)!.chargingSchedule].flat()[0]!)
  assert.ok(schedules.length > 3)
  assert.deepEqual([...new Set(schedules.map(({ chargingRateUnit }) => chargingRateUnit))], ['A'])
  const limits = schedules.flatMap(({ chargingSchedulePeriod }) => chargingSchedulePeriod.map(({ limit }) => limit))
  assert.ok(
    limits.every((limit) => limit === 0 || (limit >= 6 && Number.isInteger(limit))),
    `${limits.join(', ')} A`,
  )
  const numbers = schedules.flatMap(({ chargingSchedulePeriod }) => chargingSchedulePeriod.map(({ numberPhases }) => numberPhases))
  assert.ok(numbers.includes(1) && numbers.includes(3), 'a car that uses one phase is told so')

  const plans = await town.rows<{ planner: string }>('select planner from voltway.site_plan')
  assert.deepEqual([...new Set(plans.map(({ planner }) => planner))], ['full'])
})

interface Profile {
  readonly chargingSchedule: Schedule | readonly Schedule[]
}
interface Schedule {
  readonly chargingRateUnit: string
  readonly chargingSchedulePeriod: readonly { readonly limit: number; readonly numberPhases?: number }[]
}
