import { appendOutbox, readOutbox, refreshEvseStatus, type Tx } from '@voltway/store'
import type { ChargingStationId, TenantId } from '@voltway/units'
import type { SessionProgress } from '../metrics/create-metrics.ts'
import type { Services } from '../services.ts'
import type { Job } from './job.ts'
import { projectSession } from './project-session.ts'

const STATUS = new Set(['status.reported', 'station.connected', 'station.disconnected'])
const TRANSACTION = new Set(['transaction.changed', 'meter.sampled'])

interface FactEvent {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Each station and each transaction once, however many facts of it are in the batch. */
const touched = (events: readonly FactEvent[]) => {
  const stations = new Set<ChargingStationId>()
  const transactions = new Map<string, { readonly stationId: ChargingStationId; readonly transactionId: string }>()
  for (const { type, data } of events) {
    const stationId = data['stationId'] as ChargingStationId | undefined
    const transactionId = data['transactionId'] as string | null | undefined
    if (!stationId) continue
    if (STATUS.has(type)) stations.add(stationId)
    if (TRANSACTION.has(type) && transactionId) transactions.set(`${stationId}/${transactionId}`, { stationId, transactionId })
  }
  return { stations, transactions }
}

const project = async (
  tx: Tx,
  tenantId: TenantId,
  { events, services }: { readonly events: readonly FactEvent[]; readonly services: Services },
): Promise<readonly SessionProgress[]> => {
  const { stations, transactions } = touched(events)
  for (const stationId of stations) {
    const changed = await refreshEvseStatus(tx, tenantId, stationId)
    const at = services.clock.now()
    await appendOutbox(
      tx,
      tenantId,
      changed.map(({ id }) => ({ type: 'evse.changed', subject: id, data: { stationId, evseId: id }, recordedAt: at })),
    )
  }
  const moved: SessionProgress[] = []
  for (const key of transactions.values()) {
    const progress = await projectSession(tx, { tenantId, ...key }, services)
    if (progress) moved.push(progress)
  }
  return moved
}

/** Turns facts into what people see: EVSE states and sessions. Its place in the outbox moves in the same transaction. */
export const projectFacts: Job = {
  name: 'project-facts',
  async run(services, tenantId) {
    let moved: readonly SessionProgress[] = []
    const count = await readOutbox(services.db, { tenantId, consumer: 'projector' }, async (events, tx) => {
      moved = await project(tx, tenantId, { events, services })
    })
    services.metrics.sessionsMoved(moved)
    if (count > 0) services.live.wake(tenantId)
    return count > 0
  },
}
