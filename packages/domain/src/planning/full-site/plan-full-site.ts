import { fail, ok, type Result } from '@voltway/units'
import { finishPlan } from './finish-plan.ts'
import { flowRelaxation } from './flow-relaxation.ts'
import { fullModelOf } from './full-model.ts'
import type { FullSiteCertificate, FullSitePlan } from './full-site-plan.ts'
import type { FullSiteFault, FullSiteProblem } from './full-site-problem.ts'
import { fullSiteFaults } from './validate-full-site.ts'

export interface PlannedFullSite {
  readonly plan: FullSitePlan
  readonly certificate: FullSiteCertificate
}

export const planFullSite = (problem: FullSiteProblem): Result<PlannedFullSite, readonly FullSiteFault[]> => {
  const faults = fullSiteFaults(problem)
  if (faults.length > 0) return fail(faults)
  const model = fullModelOf(problem)
  const relaxed = flowRelaxation(model)
  if (!relaxed) return fail([{ code: 'range', field: 'cars', message: 'may not take more than 2 GW together' }])
  const { site, node, phase, car } = relaxed.prices
  return ok({
    plan: finishPlan(problem, model, relaxed.draft),
    certificate: { sitePrice: site, nodePrice: node, phasePrice: phase, carPrice: car },
  })
}
