import type { EvseRow, SiteRow } from '@voltway/store'
import { HOUR } from '@voltway/units'
import { type Static, Type } from 'typebox'
import { Money, Uuid } from '../schemas/common.ts'
import { PlanView } from '../schemas/plan.ts'
import { named, ref } from '../schemas/ref.ts'
import { labelOf } from '../views/evse-view.ts'
import { instant } from '../views/times.ts'
import { longestWait, type Wanted, wayCost } from './network-wanted.ts'

/** Energy that a plan may lack by rounding. */
const ROUNDING_WH = 1

export const NetworkChoiceView = named(
  'NetworkChoice',
  Type.Object({
    siteId: Uuid,
    siteName: Type.String(),
    address: Type.String(),
    timeZone: Type.String(),
    evseCode: Type.String(),
    evseLabel: Type.String(),
    stationName: Type.String(),
    distanceM: Type.Optional(Type.Number()),
    waitMinutes: Type.Number({ description: 'From arrival to the start of charging' }),
    waiting: Money,
    way: Money,
    total: Type.Object({ currency: Type.String(), micros: Type.String() }, { description: 'Price, waiting and way together' }),
    plan: ref(PlanView),
  }),
)
export type NetworkChoice = Static<typeof NetworkChoiceView>

/** Of the plans of an EVSE the one that costs least with its waiting and way; undefined where none gives the energy in time. */
export const bestChoice = (
  wanted: Wanted,
  { site, evse }: { readonly site: SiteRow; readonly evse: EvseRow },
  plans: readonly PlanView[],
): NetworkChoice | undefined => {
  const distance = wanted.distanceTo(site)
  const way = wayCost(wanted, site)
  const [best] = plans
    .filter((plan) => plan.energyWh >= wanted.energy - ROUNDING_WH)
    .map((plan) => {
      const wait = Math.max(0, instant(plan.start, 'plan.start') - wanted.arrival)
      const waiting = Math.round((wait / HOUR) * wanted.waitingPerHour)
      return { plan, wait, waiting, total: Number(plan.cost.total.micros) + waiting + way }
    })
    .filter(({ wait }) => wait <= longestWait(wanted))
    .sort((a, b) => a.total - b.total)
  if (!best) return undefined
  const money = (value: number) => ({ currency: site.currency, micros: String(value) })
  return {
    siteId: site.id,
    siteName: site.name,
    address: site.address,
    timeZone: site.timeZone,
    evseCode: evse.code,
    evseLabel: labelOf(evse),
    stationName: evse.stationName,
    ...(distance !== undefined && { distanceM: Math.round(distance) }),
    waitMinutes: Math.round(best.wait / 60_000),
    waiting: money(best.waiting),
    way: money(way),
    total: money(best.total),
    plan: best.plan,
  }
}
