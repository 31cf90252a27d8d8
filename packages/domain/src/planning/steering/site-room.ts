import { type EpochMs, epochMs, type Watts, watts } from '@voltway/units'
import type { PowerStep } from '../plan.ts'
import { phaseShare } from './limit-rows.ts'
import { PHASE_VOLTS } from './station-terms.ts'
import type { DrawnPhases, PhaseAmperes, SpanPower, SteeredStation } from './steered-site.ts'

/** Somebody's accepted curve. */
export interface PromisedLoad {
  /** A place in `stations`. */
  readonly station: number
  readonly phases: DrawnPhases
  readonly curve: readonly PowerStep[]
}

/** The limits of a site, and what of them is promised. */
export interface PromisedSite {
  readonly limit: Watts | undefined
  /** Lower limits for a time. */
  readonly caps?: readonly SpanPower[] | undefined
  readonly phaseLimits: PhaseAmperes | undefined
  readonly stations: readonly SteeredStation[]
  /** What the building is forecast to take. */
  readonly load: readonly SpanPower[]
  readonly promised: readonly PromisedLoad[]
}

/** A limit that holds a car, and what share of the car's power passes it. */
interface Row {
  readonly limit: number
  readonly share: number
  /** What share of a load passes it. */
  readonly of: (load: PromisedLoad) => number
  readonly building: number
  /** Whether caps lower it. */
  readonly isCapped?: boolean
}

/** More than any site draws, where only caps limit it. */
const UNLIMITED = watts(2_000_000_000)

/** Every limit above a car. */
const rowsOf = (
  { limit, caps = [], phaseLimits, stations }: PromisedSite,
  { station, phases }: Pick<PromisedLoad, 'station' | 'phases'>,
): readonly Row[] => {
  const own = stations[station]
  const here = (load: PromisedLoad) => (load.station === station ? 1 : 0)
  const rows: Row[] = []
  if (limit !== undefined || caps.length > 0) rows.push({ limit: limit ?? UNLIMITED, share: 1, of: () => 1, building: 1, isCapped: true })
  if (own?.limit !== undefined) rows.push({ limit: own.limit, share: 1, of: here, building: 0 })
  for (const phase of [0, 1, 2]) {
    const share = phaseShare(phases, phase)
    if (share === 0) continue
    const onPhase = (load: PromisedLoad) => phaseShare(load.phases, phase)
    if (phaseLimits) rows.push({ limit: phaseLimits[phase]! * PHASE_VOLTS, share, of: onPhase, building: 1 / 3 })
    if (own?.phaseLimit !== undefined)
      rows.push({ limit: own.phaseLimit * PHASE_VOLTS, share, of: (load) => here(load) * onPhase(load), building: 0 })
  }
  return rows
}

/** Something begins or ends to draw. */
interface Edge {
  readonly at: number
  /** By row, in W. */
  readonly more: readonly number[]
}

const edgesOf = (steps: readonly PowerStep[], shares: readonly number[]): readonly Edge[] =>
  steps.flatMap(({ from, to, power }) => [
    { at: from, more: shares.map((share) => share * power) },
    { at: to, more: shares.map((share) => -share * power) },
  ])

/**
 * What a site can still promise to a car over [from, to): its limits less caps, the building and all accepted curves, in order and without
 * gaps; endless where nothing limits it. As long as nothing more is promised, all accepted curves fit under every limit at once.
 */
export const siteRoom = (
  site: PromisedSite,
  car: Pick<PromisedLoad, 'station' | 'phases'>,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): readonly PowerStep[] => {
  const rows = rowsOf(site, car)
  const building = edgesOf(
    site.load,
    rows.map((row) => row.building),
  )
  const promised = site.promised.flatMap((load) =>
    edgesOf(
      load.curve,
      rows.map((row) => row.of(load)),
    ),
  )
  // A cap takes off what the limit is above it.
  const capped = (site.caps ?? []).flatMap(({ from, to, power }) => {
    const off = rows.map(({ limit, isCapped }) => (isCapped ? Math.max(0, limit - power) : 0))
    return edgesOf([{ from, to, power: watts(1) }], off)
  })
  const edges = [...building, ...capped, ...promised].sort((a, b) => a.at - b.at)
  const drawn = rows.map(() => 0)
  const steps: PowerStep[] = []
  let next = 0
  for (let at: number = from; at < to; ) {
    for (; next < edges.length && edges[next]!.at <= at; next++) for (const [row, more] of edges[next]!.more.entries()) drawn[row]! += more
    const until = Math.min(to, edges[next]?.at ?? to)
    // A billionth of a W is what adding up makes of nothing.
    const rooms = rows.map(({ limit, share }, row) => (limit - Math.round(drawn[row]! * 1e6) / 1e6) / share)
    const power = watts(Math.max(0, Math.min(Number.POSITIVE_INFINITY, ...rooms)))
    const last = steps.at(-1)
    if (last?.power === power) steps[steps.length - 1] = { ...last, to: epochMs(until) }
    else steps.push({ from: epochMs(at), to: epochMs(until), power })
    at = until
  }
  return steps
}

/** Whether a curve stays within a room that covers it; less than a W is what rounding makes. */
export const fitsRoom = (curve: readonly PowerStep[], room: readonly PowerStep[]): boolean =>
  curve.every(({ from, to, power }) => room.every((step) => step.to <= from || step.from >= to || power <= step.power + 1))
