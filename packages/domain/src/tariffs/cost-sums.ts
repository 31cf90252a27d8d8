import { type EpochMs, epochMs, MINUTE, type WattHours } from '@voltway/units'
import { availabilityMultiplier } from './availability-multiplier.ts'
import type { Usage } from './cost.ts'
import { elementAt } from './element-at.ts'
import { energyFlows } from './energy-flows.ts'
import { type LineSum, type LineSums, lineSums } from './line-sums.ts'
import { type PriceSegment, priceSegments } from './price-segments.ts'
import type { Tariff } from './tariff.ts'

interface Periods {
  readonly chargingEnd: EpochMs
  readonly idleFrom: EpochMs
  readonly end: EpochMs
}

const periodsOf = (tariff: Tariff, usage: Usage): Periods => {
  const earlier = (a: EpochMs | undefined, b: EpochMs) => (a === undefined || a > b ? b : a)
  const end = earlier(usage.disconnectedAt, usage.asOf)
  const idleFrom = epochMs((usage.chargingEndedAt ?? end) + (tariff.idle?.graceMinutes ?? 0) * MINUTE)
  return { chargingEnd: earlier(usage.chargingEndedAt, end), idleFrom, end }
}

/** Milliseconds that a segment shares with [from, to). */
const shared = (segment: PriceSegment, from: EpochMs, to: EpochMs) =>
  BigInt(Math.max(0, Math.min(segment.to, to) - Math.max(segment.from, from)))

/** What a usage comes to before any rounding, cap or VAT. */
export interface CostSums {
  readonly lines: readonly LineSum[]
  readonly importWh: WattHours
  readonly exportWh: WattHours
}

const addFixed = (tariff: Tariff, startedAt: EpochMs, { add }: LineSums) => {
  if (tariff.kind === 'elements') {
    const flat = elementAt(tariff, 'perSession', startedAt)
    if (flat) add({ dimension: 'session', label: flat.label, unitPriceMicros: flat.price }, 1n)
    return
  }
  const acmPpm = tariff.acmPpm ?? availabilityMultiplier(tariff, startedAt, false)
  const price = { label: tariff.name, unitPriceMicros: tariff.peakDemandCharge }
  if (acmPpm !== 0n) add({ dimension: 'timeOfUse', ...price }, acmPpm, 1_000_000n)
  add({ dimension: 'service', label: tariff.name, unitPriceMicros: tariff.serviceCharge }, 1n)
}

/** Exact quantities at the price of each line: mWh for energy and feedIn, ms for time and idle, pieces for the rest. */
export const costSums = (tariff: Tariff, usage: Usage): CostSums => {
  const { chargingEnd, idleFrom, end } = periodsOf(tariff, usage)
  const first = Math.min(usage.points[0]?.at ?? usage.startedAt, usage.startedAt)
  const last = Math.max(end, Math.min(usage.points.at(-1)?.at ?? end, usage.asOf))
  const segments = priceSegments(tariff, epochMs(first), epochMs(last + 1))
  const sums = lineSums()
  const credit = { dimension: 'feedIn', label: tariff.name, unitPriceMicros: -(tariff.feedInPerKwh ?? 0n) } as const
  const energy = energyFlows(usage, segments, (flow, segment) => {
    const price = segment.energy
    if (price && flow.importMwh > 0n)
      sums.add({ dimension: 'energy', label: price.label, unitPriceMicros: price.price }, flow.importMwh, flow.denominator)
    if (flow.exportMwh > 0n) sums.add(credit, flow.exportMwh, flow.denominator)
  })
  for (const segment of segments) {
    const { time, idlePerMinute } = segment
    const charging = time ? shared(segment, usage.startedAt, chargingEnd) : 0n
    if (time && charging > 0n) sums.add({ dimension: 'time', label: time.label, unitPriceMicros: time.price }, charging)
    const idle = shared(segment, idleFrom, end)
    if (idlePerMinute !== undefined && idle > 0n) sums.add({ dimension: 'idle', label: tariff.name, unitPriceMicros: idlePerMinute }, idle)
  }
  addFixed(tariff, usage.startedAt, sums)
  return { lines: sums.lines(), ...energy }
}
