import { type EpochMs, epochMs } from '@voltway/units'
import { appliesAt } from './applies-at.ts'
import { boundaries } from './boundaries.ts'
import { elementAt, energyPriceAt, type LabelledPrice } from './element-at.ts'
import type { PriceMicros, Tariff } from './tariff.ts'

/** A stretch of [from, to) in which no price of a tariff changes; an undefined price means not charged. */
export interface PriceSegment {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly energy: LabelledPrice | undefined
  readonly time: LabelledPrice | undefined
  readonly idlePerMinute: PriceMicros | undefined
}

const segmentAt = (tariff: Tariff, from: EpochMs, to: EpochMs): PriceSegment => {
  const idlePerMinute = tariff.idle && appliesAt(tariff.idle.when, tariff.timeZone, from) ? tariff.idle.perMinute : undefined
  if (tariff.kind === 'evcms')
    return { from, to, energy: { label: tariff.name, price: tariff.energyPerKwh }, time: undefined, idlePerMinute }
  return { from, to, energy: energyPriceAt(tariff, from), time: elementAt(tariff, 'perMinute', from), idlePerMinute }
}

const samePrice = (a: LabelledPrice | undefined, b: LabelledPrice | undefined) => a?.price === b?.price && a?.label === b?.label
const samePrices = (a: PriceSegment, b: PriceSegment) =>
  samePrice(a.energy, b.energy) && samePrice(a.time, b.time) && a.idlePerMinute === b.idlePerMinute

/** The prices of a tariff over [from, to): without gaps, neighbours different, at least one segment. */
export const priceSegments = (tariff: Tariff, from: EpochMs, to: EpochMs): readonly PriceSegment[] => {
  const end = to > from ? to : epochMs(from + 1)
  const edges = [from, ...boundaries(tariff, from, end), end]
  const segments: PriceSegment[] = []
  for (let index = 0; index + 1 < edges.length; index++) {
    const segment = segmentAt(tariff, edges[index]!, edges[index + 1]!)
    const last = segments.at(-1)
    if (last && samePrices(last, segment)) segments[segments.length - 1] = { ...last, to: segment.to }
    else segments.push(segment)
  }
  return segments
}
