import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type OcppWorld, openOcppWorld } from '../testing/ocpp-world.ts'
import { resultOf } from '../testing/test-station.ts'

let world: OcppWorld
before(async () => {
  world = await openOcppWorld()
})
after(() => world.close())

const chargingStation = { vendorName: 'Volt', model: 'Two' }
const iso = (second: number) => `2026-06-15T11:50:${String(second).padStart(2, '0')}Z`

const booted = async (identity: string) => {
  const stationId = await world.addStation(identity)
  const station = await world.connect(identity, { protocol: 'ocpp2.0.1' })
  await station.call('BootNotification', { reason: 'PowerUp', chargingStation })
  const transaction = (eventType: string, seqNo: number, transactionId = 'tx-1', evse = 1) =>
    station.call('TransactionEvent', {
      eventType,
      seqNo,
      timestamp: iso(seqNo),
      triggerReason: 'CablePluggedIn',
      transactionInfo: { transactionId },
      evse: { id: evse, connectorId: 1 },
    })
  let eventId = 0
  const notify = async (second: number, actualValue: string, more: object = {}, evse: number | undefined = 1) =>
    resultOf(
      await station.call('NotifyEvent', {
        generatedAt: iso(second),
        seqNo: 0,
        eventData: [
          {
            eventId: ++eventId,
            timestamp: iso(second),
            trigger: 'Delta',
            actualValue,
            eventNotificationType: 'HardWiredMonitor',
            component: { name: 'ConnectorPlugRetentionLock', ...(evse && { evse: { id: evse, connectorId: 1 } }) },
            variable: { name: 'Active' },
            ...more,
          },
        ],
      }),
    )
  const said = () =>
    world.rows<{ transaction_id: string; plug: string }>(
      `select transaction_id, plug from voltway.transaction_fact where station_id = '${stationId}' and plug is not null order by occurred_at`,
    )
  return { stationId, transaction, notify, said }
}

test('the lock of a plug is a step of the transaction on its EVSE, also after its end, and known when it is said twice', async () => {
  const { transaction, notify, said } = await booted('lock-201')
  assert.deepEqual(await notify(0, 'true'), {}, 'before any transaction it is answered and belongs to nothing')
  await transaction('Started', 1)
  await notify(2, 'true')
  await transaction('Ended', 3)
  await notify(4, 'false')
  await notify(4, 'False')
  await notify(5, 'false', {}, 2)
  await notify(6, 'false', { variable: { name: 'Tries' } })
  await notify(7, 'false', { component: { name: 'Connector', evse: { id: 1 } } })
  assert.deepEqual(await said(), [
    { transaction_id: 'tx-1', plug: 'locked' },
    { transaction_id: 'tx-1', plug: 'unlocked' },
  ])
})

test('a transaction that the station names counts before the latest one, and never one of another station', async () => {
  const other = await booted('lock-other')
  await other.transaction('Started', 1, 'theirs')
  const { transaction, notify, said } = await booted('lock-named')
  await transaction('Started', 1, 'first')
  await transaction('Ended', 2, 'first')
  await transaction('Started', 3, 'second')
  await notify(4, 'false', { transactionId: 'first' })
  await notify(5, 'true', { transactionId: 'theirs' })
  assert.deepEqual(await said(), [
    { transaction_id: 'first', plug: 'unlocked' },
    { transaction_id: 'second', plug: 'locked' },
  ])
  assert.deepEqual(await other.said(), [])
})

test('a lock that fails raises an alarm (G05.FR.02); one that is mended does not', async () => {
  const { stationId, notify } = await booted('lock-fails')
  await notify(1, 'true', { variable: { name: 'Problem' } })
  const alarms = await world.eventually(`select kind, detail from voltway.alarm where station_id = '${stationId}'`)
  assert.deepEqual(alarms, [{ kind: 'ConnectorLockFailure', detail: { evse: 1, connector: 1 } }])
  await notify(2, 'false', { variable: { name: 'Problem' }, cleared: true })
  assert.equal((await world.rows(`select 1 from voltway.alarm where station_id = '${stationId}'`)).length, 1)
})
