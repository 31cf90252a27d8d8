import type { EpochMs } from '@voltway/units'
import { boundaries } from './boundaries.ts'
import { elementAt, energyPriceAt } from './element-at.ts'
import { isPeak } from './peak-status.ts'
import type { ElementTariff, PriceMicros, Tariff } from './tariff.ts'

/** The price over [from, to), as charts draw it and plans weigh it; zero where a dimension costs nothing. */
export interface PriceStep {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly perKwhMicros: PriceMicros
  readonly perMinuteMicros: PriceMicros
  readonly label: string
  /** In a peak window of an EVCMS tariff; of other tariffs, in the upper half of the range of their prices per kWh. */
  readonly peak: boolean
}

type Prices = Omit<PriceStep, 'from' | 'to'>

/** Twice the middle of all prices per kWh that a tariff can take; undefined where it has only one. */
const doubleMiddleOf = (tariff: ElementTariff): bigint | undefined => {
  const prices = [...tariff.elements, ...(tariff.bands ?? [])].flatMap(({ perKwh }) => (perKwh === undefined ? [] : [perKwh]))
  if (prices.length === 0) return undefined
  const [low, high] = prices.reduce(([least, most], price) => [price < least ? price : least, price > most ? price : most], [
    prices[0]!,
    prices[0]!,
  ] as const)
  return low === high ? undefined : low + high
}

const pricesAt = (tariff: Tariff): ((at: EpochMs) => Prices) => {
  if (tariff.kind === 'evcms')
    return (at) => ({ perKwhMicros: tariff.energyPerKwh, perMinuteMicros: 0n, label: tariff.name, peak: isPeak(tariff, at) })
  const doubleMiddle = doubleMiddleOf(tariff)
  return (at) => {
    const [energy, time] = [energyPriceAt(tariff, at), elementAt(tariff, 'perMinute', at)]
    const perKwhMicros = energy?.price ?? 0n
    return {
      perKwhMicros,
      perMinuteMicros: time?.price ?? 0n,
      label: (energy ?? time)?.label ?? tariff.name,
      peak: doubleMiddle !== undefined && 2n * perKwhMicros > doubleMiddle,
    }
  }
}

const same = (a: Prices, b: Prices) =>
  a.perKwhMicros === b.perKwhMicros && a.perMinuteMicros === b.perMinuteMicros && a.label === b.label && a.peak === b.peak

/** The price over [from, to): without gaps, neighbours different, empty where from >= to. */
export const priceLine = (tariff: Tariff, from: EpochMs, to: EpochMs): readonly PriceStep[] => {
  if (from >= to) return []
  const priceAt = pricesAt(tariff)
  const edges = [from, ...boundaries(tariff, from, to), to]
  const steps: PriceStep[] = []
  for (let index = 0; index + 1 < edges.length; index++) {
    const [start, end] = [edges[index]!, edges[index + 1]!]
    const prices = priceAt(start)
    const last = steps.at(-1)
    if (last && same(last, prices)) steps[steps.length - 1] = { ...last, to: end }
    else steps.push({ from: start, to: end, ...prices })
  }
  return steps
}
