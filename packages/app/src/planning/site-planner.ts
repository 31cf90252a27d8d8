import { extname } from 'node:path'
import type { SiteFault } from '@voltway/domain/planning/site'
import type { SteeredSite, SteeringPlan } from '@voltway/domain/planning/steering'
import { fail, type Result } from '@voltway/units'
import { createWorkerLine, type LineFailure, type LineParts } from './worker-line.ts'

/** Why there is no plan; the last one stays. */
export type PlannerFailure = LineFailure | { readonly code: 'faults'; readonly faults: readonly SiteFault[] }

/** Plans sites beside the event loop. */
export interface SitePlanner {
  readonly plan: (site: SteeredSite) => Promise<Result<SteeringPlan, PlannerFailure>>
  readonly close: () => Promise<void>
}

/** What the worker answers for a site. */
export type SiteAnswer = Result<SteeringPlan, readonly SiteFault[]>

const ENTRY = new URL(`./plan-worker${extname(import.meta.filename)}`, import.meta.url)

/** A worker thread that plans one site after the other. */
export const createSitePlanner = (parts: LineParts): SitePlanner => {
  const line = createWorkerLine<SteeredSite>({ entry: ENTRY, ...parts, failed: 'a site could not be planned' })
  return {
    plan: async (site) => {
      const asked = await line.ask<SiteAnswer>(site)
      if (!asked.ok) return asked
      return asked.value.ok ? asked.value : fail({ code: 'faults', faults: asked.value.failure })
    },
    close: line.close,
  }
}
