import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type OcppWorld, openOcppWorld } from '../testing/ocpp-world.ts'
import { resultOf } from '../testing/test-station.ts'

let world: OcppWorld
before(async () => {
  world = await openOcppWorld()
})
after(() => world.close())

const chargingStation = { vendorName: 'Volt', model: 'Two' }

const plugged = async (identity: string) => {
  const stationId = await world.addStation(identity)
  const station = await world.connect(identity, { protocol: 'ocpp2.0.1' })
  await station.call('BootNotification', { reason: 'PowerUp', chargingStation })
  const transaction = (eventType: string, seqNo: number) =>
    station.call('TransactionEvent', {
      eventType,
      seqNo,
      timestamp: '2026-06-15T11:50:00Z',
      triggerReason: 'CablePluggedIn',
      transactionInfo: { transactionId: 'tx-1' },
      evse: { id: 1, connectorId: 1 },
    })
  await transaction('Started', 0)
  const needs = async (chargingNeeds: object, evseId = 1) =>
    resultOf(await station.call('NotifyEVChargingNeeds', { evseId, chargingNeeds }))
  const schedule = async (chargingSchedule: object, evseId = 1) =>
    resultOf(await station.call('NotifyEVChargingSchedule', { evseId, timeBase: '2026-06-15T12:00:00Z', chargingSchedule }))
  const said = () =>
    world.rows<{ vehicle: object }>(
      `select vehicle from voltway.transaction_fact where station_id = '${stationId}' and vehicle is not null order by occurred_at`,
    )
  return { transaction, needs, schedule, said }
}

test('what an alternating-current car needs is kept with its transaction: power from amperes, volts and phases', async () => {
  const { needs, said } = await plugged('needs-ac')
  const acChargingParameters = { energyAmount: 24_000, evMinCurrent: 6, evMaxCurrent: 16, evMaxVoltage: 230 }
  const departureTime = '2026-06-15T18:00:00Z'
  assert.deepEqual(await needs({ requestedEnergyTransfer: 'AC_three_phase', departureTime, acChargingParameters }), { status: 'Accepted' })
  assert.deepEqual(await said(), [
    {
      vehicle: {
        word: 'needs',
        needs: {
          transfer: 'AC_three_phase',
          departure: Date.parse(departureTime),
          energy: 24_000,
          maxPower: 11_040,
          minPower: 4_140,
        },
      },
    },
  ])
})

for (const [evMaxVoltage, requestedEnergyTransfer, maxPower] of [
  [400, 'AC_three_phase', 11_040],
  [260, 'AC_three_phase', 11_040],
  [120, 'AC_single_phase', 1_920],
] as const)
  test(`a car that can take ${evMaxVoltage} V at most is not overrated by that: they are not the volts of the grid`, async () => {
    const { needs, said } = await plugged(`needs-${evMaxVoltage}-volts`)
    await needs({
      requestedEnergyTransfer,
      acChargingParameters: { energyAmount: 24_000, evMinCurrent: 6, evMaxCurrent: 16, evMaxVoltage },
    })
    const [fact] = await said()
    assert.match(JSON.stringify(fact), new RegExp(`"maxPower":${maxPower}\\D`))
  })

test('what a direct-current car needs is kept with the state of its battery', async () => {
  const { needs, said } = await plugged('needs-dc')
  const dcChargingParameters = { evMaxCurrent: 200, evMaxVoltage: 400, energyAmount: 30_000, stateOfCharge: 20, evEnergyCapacity: 64_000 }
  assert.deepEqual(await needs({ requestedEnergyTransfer: 'DC', dcChargingParameters }), { status: 'Accepted' })
  assert.deepEqual(await said(), [
    { vehicle: { word: 'needs', needs: { transfer: 'DC', energy: 30_000, maxPower: 80_000, soc: 20, capacity: 64_000 } } },
  ])
})

test('needs where nobody charges are rejected with the reason, and kept nowhere', async () => {
  const { needs, transaction, said } = await plugged('needs-nobody')
  const wish = { requestedEnergyTransfer: 'DC', dcChargingParameters: { evMaxCurrent: 200, evMaxVoltage: 400 } }
  const rejected = { status: 'Rejected', statusInfo: { reasonCode: 'NoTransaction' } }
  assert.deepEqual(await needs(wish, 2), rejected)
  await transaction('Ended', 1)
  assert.deepEqual(await needs(wish), rejected)
  assert.deepEqual(await said(), [])
})

for (const [sentence, statement, undo] of [
  ['the operator does not steer', 'update voltway.site set steering = false', 'update voltway.site set steering = null'],
  [
    'the station knows no charging profiles',
    `update voltway.charging_station set capabilities = '{"smartCharging": false}'`,
    `update voltway.charging_station set capabilities = '{}'`,
  ],
] as const)
  test(`where ${sentence} no plan will come: the station is told so and need not wait, and what the car needs is kept`, async () => {
    const { needs, said } = await plugged(`needs-${sentence.replaceAll(' ', '-')}`)
    const { tenantId } = world.place
    const run = (query: string) => world.database.inTenant(tenantId, (tx) => sql.raw(query).execute(tx))
    await run(statement)
    const wish = { requestedEnergyTransfer: 'DC', dcChargingParameters: { evMaxCurrent: 200, evMaxVoltage: 400 } }
    assert.deepEqual(await needs(wish), { status: 'Rejected', statusInfo: { reasonCode: 'NotEnabled' } })
    assert.equal((await said()).length, 1)
    await run(undo)
    assert.deepEqual(await needs(wish), { status: 'Accepted' })
  })

test('the schedule that a car chose is kept in watts, amperes on three phases where it does not say how many', async () => {
  const { schedule, said } = await plugged('schedule-chosen')
  const chargingSchedulePeriod = [
    { startPeriod: 1_800, limit: 16, numberPhases: 1 },
    { startPeriod: 0, limit: 10 },
  ]
  assert.deepEqual(await schedule({ id: 1, duration: 3_600, chargingRateUnit: 'A', chargingSchedulePeriod }), { status: 'Accepted' })
  assert.deepEqual(await schedule({ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod }, 2), { status: 'Rejected' })
  const start = Date.parse('2026-06-15T12:00:00Z')
  assert.deepEqual(await said(), [
    {
      vehicle: {
        word: 'schedule',
        schedule: {
          start,
          end: start + 3_600_000,
          periods: [
            { startSeconds: 0, power: 6_900 },
            { startSeconds: 1_800, power: 3_680 },
          ],
        },
      },
    },
  ])
})
