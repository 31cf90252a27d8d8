import { listSites, type SiteRow, type Tx } from '@voltway/store'
import type { TenantId } from '@voltway/units'
import { Problem } from '../problems.ts'
import { isOffered } from '../public/is-offered.ts'
import type { Fleet, FleetWish } from './read-fleet.ts'

/** Sites that a wish may be sent to: the nearest, or where it says no place of its own any; and all that are looked at together. */
const MOST_NEAR = 12
const MOST_ANYWHERE = 40
const MOST_SITES = 200

const nearestTo = ({ wanted }: FleetWish, sites: readonly SiteRow[]): readonly SiteRow[] => {
  const distances = new Map(sites.map((site) => [site, wanted.distanceTo(site) ?? 0]))
  return sites.toSorted((a, b) => distances.get(a)! - distances.get(b)!).slice(0, wanted.body.near ? MOST_NEAR : MOST_ANYWHERE)
}

const named = (sites: readonly SiteRow[], siteIds: readonly string[]): readonly SiteRow[] => {
  const byId = new Map<string, SiteRow>(sites.map((site) => [site.id, site]))
  const errors = siteIds.flatMap((id, index) =>
    byId.has(id) ? [] : [{ path: `body.siteIds.${index}`, message: 'is no site that is known' }],
  )
  if (errors[0]) throw new Problem('REQUEST_INVALID', `${errors[0].path.slice('body.'.length)} ${errors[0].message}.`, { errors })
  return siteIds.map((id) => byId.get(id)!)
}

export interface FleetSites {
  /** All that are looked at. */
  readonly sites: readonly SiteRow[]
  /** By wish, in their order: those that it may be sent to. */
  readonly within: readonly ReadonlySet<SiteRow>[]
}

/** The sites in reach of each wish: those that are named, or offered to the public. @throws Problem where a named one is not known */
export const fleetSites = async (
  tx: Tx,
  { wishes }: Fleet,
  { tenantId, siteIds }: { readonly tenantId: TenantId; readonly siteIds: readonly string[] | undefined },
): Promise<FleetSites> => {
  const known = await listSites(tx, tenantId)
  const allowed = siteIds ? named(known, siteIds) : known.filter(isOffered)
  // Costs in different currencies cannot be compared.
  const sites = allowed.filter(({ currency }) => currency === allowed[0]?.currency)
  const nearest = wishes.map((wish) => nearestTo(wish, sites))
  const looked = new Set<SiteRow>()
  for (let rank = 0; rank < MOST_ANYWHERE; rank++)
    for (const list of nearest) {
      const site = list[rank]
      if (site && looked.size < MOST_SITES) looked.add(site)
    }
  return { sites: [...looked], within: nearest.map((list) => new Set(list.filter((site) => looked.has(site)))) }
}
