import { parseTariff, priceLine, resolveTariff, type Tariff } from '@voltway/domain/tariffs'
import { type EvseRow, listTariffs, type SiteRow, type Tx } from '@voltway/store'
import { type EpochMs, epochMs, isoOf, MINUTE, moneyToJson, type TariffId, type TenantId } from '@voltway/units'
import { type Static, Type } from 'typebox'
import { given } from '../given.ts'
import { Instant, Money, Uuid, Watts } from '../schemas/common.ts'
import { named, ref } from '../schemas/ref.ts'
import { SiteView, siteFields } from '../schemas/site.ts'
import { seriesOf, siteLoad } from '../tariffs/quote-context.ts'
import { labelOf } from '../views/evse-view.ts'
import { priceText, tariffSummary } from '../views/price-text.ts'
import { iso } from '../views/times.ts'

export const PublicEvseView = named(
  'PublicEvse',
  Type.Object({
    code: Type.String(),
    label: Type.String(),
    stationName: Type.String(),
    currentType: Type.String(),
    maxPowerW: Watts,
    standards: Type.Array(Type.String()),
    cableAttached: Type.Boolean(),
    status: Type.String(),
    statusAt: Type.Optional(
      Type.String({ ...Instant, description: 'Until when the status is known to hold: when the station was last heard' }),
    ),
    side: Type.Optional(Type.String()),
    reservedFrom: Type.Optional(Instant),
    priceNow: Type.String(),
    pricePerKwhNow: Type.Optional(Money),
    tariffSummary: Type.String(),
  }),
)
const { gridLimitW: _limit, access: _access, ...shownFields } = siteFields
export const PublicSiteView = named(
  'PublicSite',
  Type.Object({
    id: Uuid,
    ...shownFields,
    counts: SiteView.properties.counts,
    distanceM: Type.Optional(Type.Number()),
    evses: Type.Array(ref(PublicEvseView)),
  }),
)
export type PublicSiteView = Static<typeof PublicSiteView>

interface Priced {
  readonly summary: string
  readonly perKwh: Static<typeof Money> | undefined
}

const priceNow = async (
  tx: Tx,
  tenantId: TenantId,
  { tariff, site, now }: { readonly tariff: Tariff; readonly site: SiteRow; readonly now: EpochMs },
): Promise<Priced> => {
  const soon = epochMs(now + MINUTE)
  const series = await seriesOf(tx, tenantId, { tariff, from: now, to: soon })
  const resolved = resolveTariff(tariff, { at: now, slotTaken: false, series, load: siteLoad(site) })
  const micros = priceLine(resolved, now, soon)[0]?.perKwhMicros
  return { summary: tariffSummary(tariff), perKwh: micros === undefined ? undefined : moneyToJson({ currency: resolved.currency, micros }) }
}

/** Prices of some tariffs at a site now, each worked out once. */
const pricesOf = async (
  tx: Tx,
  tenantId: TenantId,
  { evses, sites, now }: { readonly evses: readonly EvseRow[]; readonly sites: ReadonlyMap<string, SiteRow>; readonly now: EpochMs },
) => {
  const ids = [...new Set(evses.flatMap(({ tariffId }) => tariffId ?? []))]
  const tariffs = new Map(
    (ids.length === 0 ? [] : await listTariffs(tx, tenantId, { ids })).map((row) => [row.id, parseTariff(row.definition)]),
  )
  const priced = new Map<string, Priced>()
  for (const { tariffId, siteId } of evses) {
    const parsed = tariffId === null ? undefined : tariffs.get(tariffId)
    const site = sites.get(siteId)
    if (parsed?.ok && site && !priced.has(`${siteId} ${tariffId}`))
      priced.set(`${siteId} ${tariffId}`, await priceNow(tx, tenantId, { tariff: parsed.value, site, now }))
  }
  return (siteId: string, tariffId: TariffId | null) => priced.get(`${siteId} ${tariffId}`)
}

const evseView = (evse: EvseRow, priced: Priced | undefined): Static<typeof PublicEvseView> =>
  given({
    code: evse.code,
    label: labelOf(evse),
    stationName: evse.stationName,
    currentType: evse.currentType,
    maxPowerW: evse.maxPowerW,
    standards: evse.connectors.map(({ standard }) => standard),
    cableAttached: evse.connectors.some(({ cableAttached }) => cableAttached),
    status: evse.status,
    statusAt: iso(evse.heardAt ?? evse.statusSince),
    side: evse.side,
    reservedFrom: evse.nextReservationStartsAt === null ? undefined : isoOf(evse.nextReservationStartsAt),
    priceNow: priced?.perKwh ? `${priceText(BigInt(priced.perKwh.micros))} ${priced.perKwh.currency}/kWh` : (priced?.summary ?? ''),
    pricePerKwhNow: priced?.perKwh,
    tariffSummary: priced?.summary ?? '',
  })

/** Sites as drivers and strangers see them: no limits, no identities, no ids of stations. */
export const publicPlaces = async (
  tx: Tx,
  tenantId: TenantId,
  { sites, evses, now }: { readonly sites: readonly SiteRow[]; readonly evses: readonly EvseRow[]; readonly now: EpochMs },
): Promise<readonly PublicSiteView[]> => {
  const priceOf = await pricesOf(tx, tenantId, { evses, sites: new Map(sites.map((site) => [site.id, site])), now })
  const bySite = Map.groupBy(evses, ({ siteId }) => siteId)
  return sites.map((site) => ({
    id: site.id,
    name: site.name,
    kind: site.kind,
    address: site.address,
    city: site.city,
    country: site.country,
    latitude: site.latitude,
    longitude: site.longitude,
    timeZone: site.timeZone,
    currency: site.currency,
    operatorName: site.operatorName,
    counts: { evses: site.evses, available: site.available, charging: site.charging, faulted: site.faulted, offline: site.offline },
    evses: (bySite.get(site.id) ?? []).map((evse) => evseView(evse, priceOf(site.id, evse.tariffId))),
  }))
}
