import { billSessions } from './bill-sessions.ts'
import type { Job, JobServices } from './job.ts'
import { notifyDrivers } from './notify-drivers.ts'
import { planSites } from './plan-sites.ts'
import { projectFacts } from './project-facts.ts'
import { pushReservations } from './push-reservations.ts'
import { releaseReservations } from './release-reservations.ts'
import { stopOverruns } from './stop-overruns.ts'
import type { TrackPlan } from './track.ts'

/**
 * What only needs the database never waits for what needs an answer from outside: a station may take half a minute until its
 * command expires, a push service its five seconds.
 */
export const TRACKS: readonly TrackPlan<JobServices>[] = [
  { jobs: [projectFacts, billSessions], atOnce: 1, rests: 2 },
  { jobs: [pushReservations, releaseReservations, stopOverruns], atOnce: 16, rests: 4 },
  { jobs: [planSites], atOnce: 16, rests: 4 },
  { jobs: [notifyDrivers], atOnce: 4, rests: 9 },
]

export const JOBS: readonly Job[] = TRACKS.flatMap(({ jobs }) => jobs)
