import type { Market, Network } from './network.ts'
import { type SiteProblem, whPerSlot } from './site-problem.ts'
import { MOST_WH } from './validate-site.ts'

/** The segments of each slot, and the levels: every distinct price with the segments that have it. */
export const buildMarket = ({ pricePerKwh, surplus, slotLength }: SiteProblem): Market => {
  const slots = pricePerKwh.length
  const segments = surplus ? 2 : 1
  const prices = new Float64Array(slots * segments)
  const segmentEnd = new Int32Array(slots * segments)
  for (let slot = 0; slot < slots; slot++) {
    if (surplus) {
      prices[slot * 2] = surplus.feedInPerKwh[slot]!
      segmentEnd[slot * 2] = Math.min(MOST_WH, whPerSlot(surplus.power[slot]!, slotLength))
    }
    const last = slot * segments + segments - 1
    prices[last] = pricePerKwh[slot]!
    segmentEnd[last] = MOST_WH
  }
  const levelPrice = Float64Array.from(new Set(prices)).sort()
  const levelOf = new Map([...levelPrice].map((price, level) => [price, level]))
  const segmentLevel = Int32Array.from(prices, (price) => levelOf.get(price)!)
  const entries: number[][] = Array.from(levelPrice, () => [])
  for (const [entry, level] of segmentLevel.entries()) entries[level]!.push(entry)
  return { segments, segmentEnd, segmentLevel, levelPrice, levelEntries: entries.map((list) => Int32Array.from(list)) }
}

/** Wh that a segment of a slot can still take from the site; 0 while a cheaper one is not full. */
export const roomOf = (network: Network, entry: number): number => {
  const { market, cap, flow } = network
  const slot = Math.floor(entry / market.segments)
  const begin = entry % market.segments === 0 ? 0 : market.segmentEnd[entry - 1]!
  if (flow[slot]! < begin) return 0
  return Math.min(cap[slot]!, market.segmentEnd[entry]!) - flow[slot]!
}

/** The dearest segment in use in a slot, with the Wh in it; undefined when nothing flows. */
export const dearestOf = ({ market, flow }: Network, slot: number): { readonly level: number; readonly amount: number } | undefined => {
  for (let segment = market.segments - 1; segment >= 0; segment--) {
    const entry = slot * market.segments + segment
    const begin = segment === 0 ? 0 : market.segmentEnd[entry - 1]!
    if (flow[slot]! > begin) return { level: market.segmentLevel[entry]!, amount: flow[slot]! - begin }
  }
  return undefined
}
