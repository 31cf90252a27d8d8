import { raiseStationAlarm } from '@voltway/store'
import { type TenantId, uuidv7 } from '@voltway/units'
import type { Services } from '../services.ts'
import type { ReadSite } from './read-site.ts'

const KIND = { refused: 'ChargingProfileRefused', ignored: 'ChargingProfileIgnored' } as const

/** Tells people of stations that refuse what they are told, or say yes and do something else: once for each session. */
export const raiseFaults = async (services: Services, tenantId: TenantId, { faults }: ReadSite): Promise<void> => {
  if (faults.length === 0) return
  const now = services.clock.now()
  await services.db.inTenant(tenantId, async (tx) => {
    for (const { kind, session, evse } of faults) {
      const detail = { evse: evse.number, sessionId: session.id, ...(kind === 'refused' && { reason: session.lastStatus }) }
      const id = uuidv7<'Alarm'>(now, services.random)
      await raiseStationAlarm(tx, { tenantId, stationId: evse.stationId, id, kind: KIND[kind], detail, raisedAt: now })
    }
  })
}
