import { micros, type NetworkStation, type NetworkSupply } from '@voltway/domain/planning/network'
import { microsPerKwh } from '@voltway/domain/planning/site'
import { parseTariff, priceLine, resolveTariff, type Tariff } from '@voltway/domain/tariffs'
import { type BusySlot, busySlotsOf, type EvseRow, listEvses, listSites, listTariffs, type SiteRow, type Tx } from '@voltway/store'
import { type EpochMs, epochMs, MINUTE, type Milliseconds, watts } from '@voltway/units'
import { isOffered } from '../public/is-offered.ts'
import { seriesOf, siteLoad } from '../tariffs/quote-context.ts'
import { walkIn } from './plan-place.ts'
import type { PlanAsker } from './plans-at.ts'

/** Starts are a quarter of an hour apart. */
export const NETWORK_SLOT = (15 * MINUTE) as Milliseconds
/** The most that anything may cost in the network's terms, in micros. */
export const MOST_MICROS = 1e10
const MOST_PER_KWH = 1e8

type Asker = Pick<PlanAsker, 'tenantId' | 'now'>

/** EVSEs of one site at one price. */
export interface NetworkPlace {
  readonly site: SiteRow
  /** In the order of the station's groups: each is one, so that a promise is of an EVSE that is free from its start to its end. */
  readonly evses: readonly EvseRow[]
}
export interface KnownNetwork {
  readonly supply: NetworkSupply
  /** In the order of the supply's stations. */
  readonly places: readonly NetworkPlace[]
}

interface Span {
  readonly from: EpochMs
  readonly slots: number
}

const slotEnd = ({ from }: Span, slot: number): number => from + (slot + 1) * NETWORK_SLOT

/** 1 in slots in which nobody has any of it. */
const freeIn = (span: Span, busy: readonly BusySlot[]): readonly number[] =>
  Array.from({ length: span.slots }, (_, slot) => {
    const end = slotEnd(span, slot)
    return busy.some(({ from, to }) => from < end && to > end - NETWORK_SLOT) ? 0 : 1
  })

/** The price at the start of each slot. Fees come with the offers: here it only matters which places are worth asking. */
const pricesIn = (span: Span, line: ReturnType<typeof priceLine>) =>
  Array.from({ length: span.slots }, (_, slot) => {
    const at = slotEnd(span, slot) - NETWORK_SLOT
    const price = line.find(({ from, to }) => from <= at && at < to)?.perKwhMicros ?? 0n
    return microsPerKwh(Math.max(0, Math.min(MOST_PER_KWH, Number(price))))
  })

/** Of which kind a connector or an inlet is: the same name may stand for both currents. */
export const plugName = (currentType: EvseRow['currentType'], standard: string): string => `${currentType} ${standard}`

const isUsable = ({ status, tariffId, connectors, maxPowerW }: EvseRow): boolean =>
  maxPowerW > 0 && status !== 'faulted' && status !== 'unavailable' && tariffId !== null && connectors.length > 0

const tariffsOf = async (tx: Tx, { tenantId }: Asker, evses: readonly EvseRow[]): Promise<ReadonlyMap<string, Tariff>> => {
  const ids = [...new Set(evses.flatMap(({ tariffId }) => tariffId ?? []))]
  const rows = ids.length === 0 ? [] : await listTariffs(tx, tenantId, { ids })
  return new Map(
    rows.flatMap((row) => {
      const parsed = parseTariff(row.definition)
      return parsed.ok ? [[row.id as string, parsed.value] as const] : []
    }),
  )
}

/** What some sites offer over a span: EVSEs that work, what is booked of them, and their prices. */
export const networkSupply = async (
  tx: Tx,
  asker: Asker,
  { sites, span }: { readonly sites: readonly SiteRow[]; readonly span: Span },
): Promise<KnownNetwork> => {
  const { tenantId, now } = asker
  const { from, slots } = span
  const to = epochMs(from + slots * NETWORK_SLOT)
  const evses = (await listEvses(tx, tenantId, { siteIds: sites.map(({ id }) => id), now })).filter(isUsable)
  const booked = Map.groupBy(await busySlotsOf(tx, tenantId, { evseIds: evses.map(({ id }) => id), from: now, to }), ({ evseId }) => evseId)
  const tariffs = await tariffsOf(tx, asker, evses)
  const byId = new Map(sites.map((site) => [site.id, site]))
  const stations: NetworkStation[] = []
  const places: NetworkPlace[] = []
  for (const group of Map.groupBy(evses, ({ siteId, tariffId }) => `${siteId} ${tariffId}`).values()) {
    const site = byId.get(group[0]!.siteId)!
    const tariff = tariffs.get(group[0]!.tariffId!)
    if (!tariff) continue
    const series = await seriesOf(tx, tenantId, { tariff, from, to })
    const line = priceLine(resolveTariff(tariff, { at: from, slotTaken: false, series, load: siteLoad(site) }), from, to)
    places.push({ site, evses: group })
    stations.push({
      pricePerKwh: pricesIn(span, line),
      evses: group.map((evse) => {
        const own = booked.get(evse.id) ?? []
        return {
          connectors: evse.connectors.map(({ standard }) => ({
            standard: plugName(evse.currentType, standard),
            maxPower: watts(evse.maxPowerW),
          })),
          count: freeIn(span, [...walkIn(evse, own, now), ...own]),
        }
      }),
    })
  }
  return { supply: { slotLength: NETWORK_SLOT, slots, delayStep: 1, unservedCost: micros(MOST_MICROS), stations }, places }
}

/** Sites where one may charge, nearest first where it is known from where. */
export const reachableSites = async (
  tx: Tx,
  { tenantId }: Asker,
  { wayTo, most }: { readonly wayTo: (site: SiteRow) => number; readonly most: number },
): Promise<readonly SiteRow[]> => {
  const sites = (await listSites(tx, tenantId)).filter(isOffered).toSorted((a, b) => wayTo(a) - wayTo(b))
  // Costs in different currencies cannot be compared.
  return sites.filter(({ currency }) => currency === sites[0]?.currency).slice(0, most)
}
