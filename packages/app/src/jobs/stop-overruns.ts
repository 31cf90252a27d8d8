import { reservationsOverrun } from '@voltway/store'
import { stopSession } from '../charging/stop-session.ts'
import { eachStation } from './each-station.ts'
import type { Job } from './job.ts'

/** Ends a session whose reserved time is over; asked again each minute while it goes on. */
export const stopOverruns: Job = {
  name: 'stop-overruns',
  async run(services, tenantId) {
    const now = services.clock.now()
    const overruns = await services.db.inTenant(tenantId, (tx) => reservationsOverrun(tx, tenantId, now))
    return eachStation(overruns, async (overrun) => (await stopSession(services, { tenantId, ...overrun }, 'reservationEnd')).ok)
  },
}
