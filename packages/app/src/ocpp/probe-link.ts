import { type Database, raiseStationAlarm } from '@voltway/store'
import { type Clock, type Milliseconds, type RandomBytes, type TenantId, uuidv7 } from '@voltway/units'
import type { Log } from '../log.ts'
import type { Link } from './link-services.ts'

/** How long a living link has to answer when another one wants its place. */
const PROBE = 2_000 as Milliseconds

export interface ProbeServices {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Log
  readonly db: Database
  readonly onWritten: (tenantId: TenantId) => void
}

/** Another link has a station's credentials: one whose station answers keeps its place, and people are told; one that is dead is let go. */
export async function yields({ log, db, clock, random, onWritten }: ProbeServices, link: Link): Promise<boolean> {
  const { tenantId, stationId } = link.station
  if (!(await link.isAlive(PROBE))) {
    link.terminate('replaced by a newer link')
    await link.ended
    return true
  }
  log.warn('a second link with the credentials of a station was refused', { stationId })
  const now = clock.now()
  await db.inTenant(tenantId, (tx) =>
    raiseStationAlarm(tx, { tenantId, stationId, id: uuidv7(now, random), kind: 'DuplicateStation', detail: {}, raisedAt: now }),
  )
  onWritten(tenantId)
  return false
}
