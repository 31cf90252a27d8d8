import { type PlanBasis, planBasis, replanReasons, type SteeredSite } from '@voltway/domain/planning/steering'
import {
  changedSites,
  latestSitePlans,
  type SiteToSteer,
  type SteeringState,
  type StoredSitePlan,
  steeringState,
  type Tx,
} from '@voltway/store'
import { type ChargingStationId, DAY, epochMs, HOUR, type TenantId } from '@voltway/units'
import { keepPlan } from '../planning/keep-plan.ts'
import { pastDaysAt } from '../planning/past-days.ts'
import { raiseFaults } from '../planning/raise-faults.ts'
import { type ReadSite, readSite } from '../planning/read-site.ts'
import { sendDefaults } from '../planning/send-defaults.ts'
import { sendFree, sendPlan } from '../planning/send-plan.ts'
import { type SiteLook, sitesToRead } from '../planning/site-looks.ts'
import { sitePauses } from '../planning/site-pauses.ts'
import { sitePrices } from '../planning/site-prices.ts'
import type { Services } from '../services.ts'
import type { Job, JobServices } from './job.ts'

/** Accepted plans that begin later are not kept room for yet. */
const LOOKS_AHEAD = 12 * HOUR

interface SiteParts {
  readonly row: SiteToSteer
  readonly state: SteeringState
  readonly basis: PlanBasis | undefined
  readonly isLinked: (stationId: ChargingStationId) => boolean
}

const read = async (
  tx: Tx,
  services: Services,
  { tenantId, row, state, basis, isLinked }: SiteParts & { readonly tenantId: TenantId },
): Promise<ReadSite> => {
  const now = services.clock.now()
  const context = { now, basis, isLinked }
  const site = readSite(row, state, { ...context, prices: [] })
  if (site.site.cars.length === 0 && site.free.length === 0) return site
  const until = Math.max(now + DAY, ...site.site.cars.map(({ wish }) => (wish.kind === 'promise' ? wish.departure : now)))
  const pauses = row.mostPauses === null ? undefined : await sitePauses(tx, tenantId, { siteId: row.id, now })
  const prices = await sitePrices(tx, tenantId, { tariffId: row.tariffId, from: now, to: epochMs(until + HOUR) })
  return readSite(row, state, { ...context, prices, ...(pauses && { pauses }) })
}

/** The site with its last days, where there is a promise that could be kept early and a limit that others want to share. */
const withPastDays = async (services: JobServices, tenantId: TenantId, { row, site, isShared, evses }: ReadSite): Promise<SteeredSite> => {
  if (!isShared || !site.cars.some(({ wish, isExpected }) => wish.kind === 'promise' && !isExpected)) return site
  const days = await services.pastDays.of(services, tenantId, { row, now: site.now })
  const stationIds = [...new Set(evses.map(({ stationId }) => stationId))]
  return { ...site, pastDays: pastDaysAt(days, { now: site.now, stationIds }) }
}

/** Plans one site anew where something happened, and tells the stations what changed. @returns whether there was anything to do */
const steer = async (
  services: JobServices,
  tenantId: TenantId,
  { found, basis }: { readonly found: ReadSite; readonly basis: PlanBasis | undefined },
): Promise<boolean> => {
  const released = await sendDefaults(services, tenantId, found)
  const told = (found.row.isOn && (await sendFree(services, tenantId, found))) || released
  await raiseFaults(services, tenantId, found)
  const { site } = found
  const isNobodys = site.cars.length === 0 && (basis === undefined || basis.cars.length === 0)
  if (!found.row.isOn || isNobodys) return told
  const reasons = replanReasons(basis, site)
  if (reasons.length === 0) return told
  const planned = await services.planner.plan(await withPastDays(services, tenantId, found))
  if (!planned.ok) {
    services.log.warn('a site keeps its last plan', { siteId: found.row.id, failure: planned.failure })
    return told
  }
  // Kept once it is told: a plan whose telling is cut off has not happened, so whoever looks next makes it again.
  await sendPlan(services, tenantId, { found, plan: planned.value })
  await keepPlan(services, tenantId, { found, plan: planned.value, reasons, basis: planBasis(site) })
  return true
}

/** Written by `keepPlan`, so it has the shape that we gave it. */
const basisOf = (latest: StoredSitePlan | undefined): PlanBasis | undefined => latest?.basis as PlanBasis | undefined

/** The sites of which something is new or due, as they are, and what to remember of this look. */
const look = (services: JobServices, tenantId: TenantId) => {
  const now = services.clock.now()
  const last = services.siteLooks.get(tenantId)
  return services.db.inTenant(tenantId, async (tx) => {
    const isLinked = await services.gateway.linksOf(tenantId)
    const changed = await changedSites(tx, tenantId, last?.next)
    const only = sitesToRead(last, changed, now)
    const state = await steeringState(tx, tenantId, { now, until: epochMs(now + LOOKS_AHEAD), only })
    const siteIds = state.sites.map(({ id }) => id)
    const latest = new Map((await latestSitePlans(tx, tenantId, siteIds)).map((plan) => [plan.siteId, plan]))
    const sites: { readonly found: ReadSite; readonly basis: PlanBasis | undefined }[] = []
    for (const row of state.sites) {
      const basis = basisOf(latest.get(row.id))
      sites.push({ found: await read(tx, services, { tenantId, row, state, basis, isLinked }), basis })
    }
    const next: Omit<SiteLook, 'again'> = { next: changed.next, allAt: only === 'all' ? now : last!.allAt }
    return { sites, next }
  })
}

const hasMore = (one: PromiseSettledResult<boolean>): boolean => one.status === 'rejected' || one.value

/** Steers each site by its plan: the one writer of charging profiles. A site of which nothing is new is not read until it is due. */
export const planSites: Job = {
  name: 'plan-sites',
  async run(services, tenantId) {
    const { sites, next } = await look(services, tenantId)
    const ended = await Promise.allSettled(sites.map((site) => steer(services, tenantId, site)))
    // What was done, or failed, may have more to follow.
    const again = sites.filter((_, index) => hasMore(ended[index]!))
    services.siteLooks.set(tenantId, { ...next, again: new Set(again.map(({ found }) => found.row.id)) })
    const failed = ended.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
    return again.length > 0
  },
}
