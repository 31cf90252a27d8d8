import { type SiteEnergy, type StationWiring, siteEnergy, siteWiring, type Tx } from '@voltway/store'
import type { SiteId, TenantId } from '@voltway/units'
import { given } from '../given.ts'
import { found } from '../problems.ts'
import type { SiteEnergyView } from '../schemas/site-energy.ts'

const viewOf = (energy: SiteEnergy, stations: readonly StationWiring[]): SiteEnergyView =>
  given({
    phaseLimitsA: energy.phaseLimitsA && [...energy.phaseLimitsA],
    mostPauses: energy.mostPauses,
    feedInPerKwhMicros: energy.feedInPerKwhMicros?.toString(),
    demandCharge:
      energy.demandPerKwMicros === null ? undefined : { perKwMicros: energy.demandPerKwMicros.toString(), peakSoFarW: energy.demandPeakW },
    carbonSeries: energy.carbonSeries,
    stations: stations.map(({ evses, ...station }) => given({ ...station, evses: [...evses] })),
  })

/** What a site has beside its limit in W, and how its stations are wired. @throws Problem NOT_FOUND */
export const siteEnergyView = async (tx: Tx, tenantId: TenantId, siteId: SiteId): Promise<SiteEnergyView> =>
  viewOf(found(await siteEnergy(tx, tenantId, siteId), 'site'), await siteWiring(tx, tenantId, siteId))
