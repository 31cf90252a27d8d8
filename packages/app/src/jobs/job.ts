import type { Clock, TenantId } from '@voltway/units'
import type { PushSender } from '../notify/push-sender.ts'
import type { RememberedDays } from '../planning/remembered-days.ts'
import type { SiteLooks } from '../planning/site-looks.ts'
import type { SitePlanner } from '../planning/site-planner.ts'
import type { Services } from '../services.ts'
import type { RememberedFacts } from './remembered-facts.ts'

/** What jobs are given: the services, the time that jobs may take, the way to a driver's browser, who plans sites, what was folded, who came before, and what was looked at. */
export interface JobServices extends Services {
  /** Never runs fast: how long a job took. */
  readonly network: Clock
  readonly push: PushSender
  readonly planner: SitePlanner
  readonly remembered: RememberedFacts
  readonly pastDays: RememberedDays
  readonly siteLooks: SiteLooks
}

/**
 * Makes the world match the rows, for one tenant: finds what is due on our clock and does it. Safe to run again at any moment and
 * after any crash. Answers whether it did anything, so that more may follow at once.
 */
export interface JobOf<Given> {
  readonly name: string
  readonly run: (services: Given, tenantId: TenantId) => Promise<boolean>
}
export type Job = JobOf<JobServices>
