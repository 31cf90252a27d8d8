import { billSessions } from './bill-sessions.ts'
import type { Job } from './job.ts'
import { notifyDrivers } from './notify-drivers.ts'
import { projectFacts } from './project-facts.ts'
import { pushReservations } from './push-reservations.ts'
import { releaseReservations } from './release-reservations.ts'
import { sendProfiles } from './send-profiles.ts'
import { stopOverruns } from './stop-overruns.ts'

/** In the order in which they feed one another. */
export const JOBS: readonly Job[] = [
  projectFacts,
  sendProfiles,
  pushReservations,
  releaseReservations,
  stopOverruns,
  billSessions,
  notifyDrivers,
]
