import { fail, ok, type Result } from '@voltway/units'
import type { SiteCertificate, SitePlan } from './site-plan.ts'
import type { SiteFault, SiteProblem } from './site-problem.ts'
import { openSolver, type SiteSolver, siteCertificateOf, sitePlanOf } from './site-solver.ts'
import { solveSite } from './solve-site.ts'
import { siteFaults } from './validate-site.ts'

export interface PlannedSite {
  readonly plan: SitePlan
  readonly certificate: SiteCertificate
  /** For `replan`: opaque, changed in place by it, and of this plan only until then. */
  readonly solver: SiteSolver
}

/**
 * The plan of a site that first leaves the least energy undelivered and then costs the least: exact, by successive price
 * levels on the residual graph (docs/decisions/0010). Where not all can be served and the problem says who comes first, what each
 * gets is settled before prices count. Impossible wishes are a shortfall in the plan; only a problem that says
 * nothing sensible fails, with everything that is wrong with it.
 */
export const planSite = (problem: SiteProblem): Result<PlannedSite, readonly SiteFault[]> => {
  const faults = siteFaults(problem)
  if (faults.length > 0) return fail(faults)
  const solver = openSolver(problem, solveSite(problem))
  return ok({ plan: sitePlanOf(solver), certificate: siteCertificateOf(solver), solver })
}
