import { type EpochMs, epochMs, wattHours } from '@voltway/units'
import { freeWindows } from '../../reservations/free-windows.ts'
import type { Slot } from '../../reservations/slot.ts'
import type { Tariff } from '../../tariffs/tariff.ts'
import { fixedMoney, grossFactor } from '../fixed-money.ts'
import { frozenTariff } from '../frozen-tariff.ts'
import { type CarCell, carCells } from './car-cells.ts'
import type { CarContext, CarWish, LastPart } from './car-wish.ts'
import { roomOf } from './charge-table.ts'

/** A wish in metered Wh, with the free windows cut into cells: what every search begins from. */
export interface CarStage {
  readonly wish: CarWish
  readonly context: CarContext
  /** Whole; more than `possible` where the battery has no room. */
  readonly asked: number
  readonly possible: number
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
  readonly lastPart: LastPart | undefined
  /** From the arrival, or now, to the departure; empty when the first is not before the second. */
  readonly stay: Slot
  readonly windows: readonly (readonly CarCell[])[]
  readonly tariffAt: (start: EpochMs) => Tariff
  /** Billionths, VAT included. */
  readonly fixedAt: (start: number) => number
}

const meteredOf = ({ countedAt }: CarWish, { limits }: CarContext) => {
  const share = countedAt === 'battery' ? limits.efficiency : 1
  return (energy: number) => Math.ceil(energy / share - 1e-6)
}

/** The cells of any stretch of the stay, booked or not. */
export const stageCells = (window: Slot, wish: CarWish, context: CarContext): readonly CarCell[] =>
  carCells(window, wish, { context, tariff: frozenTariff(context, wish.arrival)(wish.arrival) })

/** @param wish without fault, as `context` is */
export const carStage = (wish: CarWish, context: CarContext): CarStage => {
  const metered = meteredOf(wish, context)
  const tariffAt = frozenTariff(context, wish.arrival)
  const gross = grossFactor(tariffAt(wish.arrival))
  const stay = { start: epochMs(Math.max(wish.arrival, context.now)), end: wish.departure }
  const asked = metered(wish.energy)
  const { minimum, lastPart } = wish
  return {
    wish,
    context,
    asked,
    possible: Math.min(asked, roomOf(context)),
    minimum: minimum && { energy: metered(minimum.energy), by: minimum.by },
    lastPart: lastPart && 'energy' in lastPart ? { energy: wattHours(metered(lastPart.energy)) } : lastPart,
    stay,
    windows: freeWindows(context.freeSlots, stay.start, stay.end).map((window) => stageCells(window, wish, context)),
    tariffAt,
    fixedAt: (start) => Math.round(gross * fixedMoney(tariffAt(epochMs(start)), epochMs(start)) * 1_000),
  }
}
