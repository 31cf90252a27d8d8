import type { Result } from '@voltway/units'
import type { SiteFault } from '../site/index.ts'
import { steerFully } from './steer-fully.ts'
import { steerNested } from './steer-nested.ts'
import type { SteeredSite } from './steered-site.ts'
import type { SteeringPlan } from './steering-plan.ts'

/** Whether a site has what nested limits at one price cannot say. */
export const needsFullModel = ({ phaseLimits, stations, surroundings, demandCharge, mostPauses, cars }: SteeredSite): boolean =>
  phaseLimits !== undefined ||
  surroundings !== undefined ||
  demandCharge !== undefined ||
  mostPauses !== undefined ||
  stations.some(({ phaseLimit }) => phaseLimit !== undefined) ||
  cars.some(({ switching }) => switching !== undefined)

/**
 * From what is known of a site to what each station is told, in the stations' own terms, with no limit exceeded at any time; and
 * only what must change is changed. By the exact nested planner where that knows all there is, else by the full one.
 */
export const steerSite = (site: SteeredSite): Result<SteeringPlan, readonly SiteFault[]> =>
  needsFullModel(site) ? steerFully(site) : steerNested(site)
