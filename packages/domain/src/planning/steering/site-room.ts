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
  readonly phaseLimits: PhaseAmperes | undefined
  readonly stations: readonly SteeredStation[]
  /** What the building is forecast to take. */
  readonly load: readonly SpanPower[]
  readonly promised: readonly PromisedLoad[]
}

const powerAt = (steps: readonly { readonly from: number; readonly to: number; readonly power: number }[], at: number): number =>
  steps.find(({ from, to }) => from <= at && at < to)?.power ?? 0

const roomAt = (site: PromisedSite, { station, phases }: Pick<PromisedLoad, 'station' | 'phases'>, at: number): number => {
  const drawn = site.promised.map((load) => ({ ...load, power: powerAt(load.curve, at) })).filter(({ power }) => power > 0)
  const building = powerAt(site.load, at)
  const sum = (isBelow: (load: PromisedLoad) => boolean, share: (load: PromisedLoad) => number) =>
    drawn.reduce((total, load) => total + (isBelow(load) ? load.power * share(load) : 0), 0)
  const here = (load: PromisedLoad) => load.station === station
  const own = site.stations[station]
  const rooms = [Number.POSITIVE_INFINITY]
  if (site.limit !== undefined)
    rooms.push(
      site.limit -
        building -
        sum(
          () => true,
          () => 1,
        ),
    )
  if (own?.limit !== undefined) rooms.push(own.limit - sum(here, () => 1))
  for (const phase of [0, 1, 2]) {
    const share = phaseShare(phases, phase)
    if (share === 0) continue
    const drawnOn = (isBelow: (load: PromisedLoad) => boolean) => sum(isBelow, (load) => phaseShare(load.phases, phase))
    if (site.phaseLimits) rooms.push((site.phaseLimits[phase]! * PHASE_VOLTS - building / 3 - drawnOn(() => true)) / share)
    if (own?.phaseLimit !== undefined) rooms.push((own.phaseLimit * PHASE_VOLTS - drawnOn(here)) / share)
  }
  return Math.max(0, Math.min(...rooms))
}

/**
 * What a site can still promise to a car over [from, to): its limits less the building and all accepted curves, in order and without
 * gaps; endless where nothing limits it. As long as nothing more is promised, all accepted curves fit under every limit at once.
 */
export const siteRoom = (
  site: PromisedSite,
  car: Pick<PromisedLoad, 'station' | 'phases'>,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): readonly PowerStep[] => {
  const edges = [...site.load, ...site.promised.flatMap(({ curve }) => curve)].flatMap((span) => [span.from, span.to])
  const sorted = [...new Set([from, ...edges.filter((at) => at > from && at < to), to])].sort((a, b) => a - b)
  const steps: PowerStep[] = []
  for (const [index, at] of sorted.entries()) {
    const next = sorted[index + 1]
    if (next === undefined) break
    const power = watts(roomAt(site, car, at))
    const last = steps.at(-1)
    if (last?.power === power) steps[steps.length - 1] = { ...last, to: epochMs(next) }
    else steps.push({ from: epochMs(at), to: epochMs(next), power })
  }
  return steps
}

/** Whether a curve stays within a room that covers it; less than a W is what rounding makes. */
export const fitsRoom = (curve: readonly PowerStep[], room: readonly PowerStep[]): boolean =>
  curve.every(({ from, to, power }) => room.every((step) => step.to <= from || step.from >= to || power <= step.power + 1))
