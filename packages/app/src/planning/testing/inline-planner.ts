import { steerSite } from '@voltway/domain/planning/steering'
import type { SitePlanner } from '../site-planner.ts'

/** Plans at once and in this thread, for tests. @throws for a problem that says nothing sensible */
export const inlinePlanner: SitePlanner = {
  plan: async (site) => {
    const plan = steerSite(site)
    if (!plan.ok) throw new Error(JSON.stringify(plan.failure))
    return plan
  },
  close: async () => {},
}
