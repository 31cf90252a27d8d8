import { appendOutbox, saveSiteEnergy, saveWiring, type Tx } from '@voltway/store'
import type { ChargingStationId, SiteId, TenantId } from '@voltway/units'
import { Problem } from '../problems.ts'
import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SiteEnergyBody, SiteEnergyView } from '../schemas/site-energy.ts'
import { siteEnergyView } from '../views/site-energy-view.ts'
import { findSite } from './find-site.ts'

/** More than any energy costs, and within what plans count exactly. */
const MOST_MICROS = 1_000_000_000

/** @throws Problem naming the field */
const price = (text: string, path: string, least: number): number => {
  const value = Number(text)
  if (value >= least && value <= MOST_MICROS) return value
  throw new Problem('REQUEST_INVALID', undefined, {
    errors: [{ path: `body.${path}`, message: `must be from ${least} to ${MOST_MICROS} micros` }],
  })
}

/** @throws Problem naming the field */
export const writeSiteEnergy = async (
  tx: Tx,
  tenantId: TenantId,
  { siteId, body }: { readonly siteId: SiteId; readonly body: SiteEnergyBody },
): Promise<void> => {
  const { feedInPerKwhMicros: feedIn, demandCharge } = body
  await saveSiteEnergy(tx, tenantId, {
    siteId,
    phaseLimitsA: body.phaseLimitsA ?? null,
    mostPauses: body.mostPauses ?? null,
    feedInPerKwhMicros: feedIn === undefined ? null : price(feedIn, 'feedInPerKwhMicros', -MOST_MICROS),
    demandPerKwMicros: demandCharge ? price(demandCharge.perKwMicros, 'demandCharge.perKwMicros', 0) : null,
    demandPeakW: demandCharge?.peakSoFarW ?? 0,
    carbonSeries: body.carbonSeries ?? null,
  })
  for (const [index, { stationId, phaseLimitA, evses }] of (body.stations ?? []).entries()) {
    const own = { siteId, stationId: stationId as ChargingStationId, phaseLimitA: phaseLimitA ?? null, evses: evses ?? [] }
    if (!(await saveWiring(tx, tenantId, own)))
      throw new Problem('REQUEST_INVALID', 'A station is not one of this site, or has no such EVSE.', {
        errors: [{ path: `body.stations.${index}`, message: 'must be a station of this site and EVSEs that it has' }],
      })
  }
}

export const putSiteEnergyRoute = route({
  id: 'putSiteEnergy',
  method: 'PUT',
  url: '/sites/:id/energy',
  summary: 'Says what a site has beside its limit in W; what is left out it has not, and stations left out stay as they are',
  access: 'stations:write',
  params: IdParams,
  body: ref(SiteEnergyBody),
  reply: ref(SiteEnergyView),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    const { id: siteId } = await findSite(tx, tenantId, params.id)
    await writeSiteEnergy(tx, tenantId, { siteId, body })
    await appendOutbox(tx, tenantId, [{ type: 'site.changed', subject: siteId, data: { siteId }, recordedAt: services.clock.now() }])
    return siteEnergyView(tx, tenantId, siteId)
  },
})
