import assert from 'node:assert/strict'
import { steerSite } from '../steer-site.ts'
import type { SteeredSite } from '../steered-site.ts'
import type { SteeringPlan } from '../steering-plan.ts'

/** The plan of a site that can be steered. */
export const planOf = (site: SteeredSite): SteeringPlan => {
  const steered = steerSite(site)
  if (!steered.ok) assert.fail(JSON.stringify(steered.failure))
  return steered.value
}
