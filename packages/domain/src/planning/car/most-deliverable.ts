import { epochMs } from '@voltway/units'
import { freeWindows } from '../../reservations/free-windows.ts'
import { type CarStretch, carStretches } from './car-stretches.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { fineLayers, fullPowers } from './full-power.ts'

/** What all power in one free window brings, in metered Wh: first by the hour of the minimum, then in all. */
export interface Deliverable {
  readonly byHour: number
  readonly inAll: number
}

/** Metered Wh, rounded up, that fill the battery; without limit where it is not known. */
export const roomFor = ({ limits, battery }: CarContext): number =>
  battery ? Math.ceil(((100 - battery.soc) / 100) * (battery.capacity / limits.efficiency) - 1e-6) : Number.POSITIVE_INFINITY

/** Metered Wh, whole, for an energy of the wish. */
export const meteredOf = ({ countedAt }: CarWish, { limits }: CarContext, energy: number): number =>
  Math.ceil(energy / (countedAt === 'battery' ? limits.efficiency : 1) - 1e-6)

/** What the wish asks for, in metered Wh. */
export const askedOf = (wish: CarWish, context: CarContext): { readonly energy: number; readonly minimum: number } => {
  const metered = (energy: number) => meteredOf(wish, context, energy)
  return { energy: Math.min(roomFor(context), metered(wish.energy)), minimum: wish.minimum ? metered(wish.minimum.energy) : 0 }
}

/** The windows that are free in the stay. */
export const freeStretches = (wish: CarWish, context: CarContext): readonly (readonly CarStretch[])[] =>
  freeWindows(context.freeSlots, epochMs(Math.max(wish.arrival, context.now)), wish.departure).map((window) =>
    carStretches(window, wish, context),
  )

/** The most that can be had whatever it costs: as much as can be of the minimum, then of the energy. */
export const mostDeliverable = (wish: CarWish, context: CarContext): Deliverable => {
  const { energy, minimum } = askedOf(wish, context)
  if (energy <= 0) return { byHour: 0, inAll: 0 }
  const layers = fineLayers(energy, context)
  let best: Deliverable = { byHour: 0, inAll: 0 }
  for (const stretches of freeStretches(wish, context)) {
    const by = wish.minimum ? stretches.findLastIndex(({ to }) => to <= wish.minimum!.by) : -1
    for (const run of fullPowers(stretches, layers, !wish.uninterrupted)) {
      const byHour = Math.min(minimum, Math.floor((run.energyBy[by] ?? 0) + 1e-6))
      const inAll = Math.floor(run.energy + 1e-6)
      if (byHour > best.byHour || (byHour === best.byHour && inAll > best.inAll)) best = { byHour, inAll }
    }
  }
  return best
}
