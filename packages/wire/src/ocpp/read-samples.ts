import type { MeterReading, OtherSample, Phase, Quantities, Sample } from './meter-reading.ts'
import { measured, type Slot } from './meter-units.ts'

/** What samples of one moment and context amount to. */
export type SampledQuantities = Omit<MeterReading, 'atMs' | 'clock' | 'context' | 'signed'>

interface Placed {
  readonly value: number
  readonly phase: Phase | undefined
  readonly sample: Sample
}

/** Where a value is preferred when a station measures it in several places: nearest to what the driver pays for. */
const LOCATIONS = ['Outlet', 'Cable', 'EV', 'Body', 'Inlet']
const rank = ({ location }: Sample) => {
  if (location === undefined) return 0
  const index = LOCATIONS.indexOf(location)
  return index < 0 ? LOCATIONS.length : index
}
const PHASES: ReadonlyMap<string, Phase> = new Map([
  ['L1', 'L1'],
  ['L2', 'L2'],
  ['L3', 'L3'],
  ['N', 'N'],
  ['L1-N', 'L1'],
  ['L2-N', 'L2'],
  ['L3-N', 'L3'],
])

type Totals = Partial<Record<Slot, number>>
type ByPhase = Partial<Record<Phase, Totals>>

/** Runs for every sample of every meter value: it walks plain arrays and copies nothing that need not be copied. */
export function readSamples(samples: readonly Sample[]): SampledQuantities {
  const other: OtherSample[] = []
  const bySlot = new Map<Slot, Placed[]>()
  for (const sample of samples) {
    const phase = sample.phase === undefined ? undefined : PHASES.get(sample.phase)
    const found = sample.phase !== undefined && phase === undefined ? undefined : measured(sample)
    if (found === undefined) {
      // What has no place: other measurands, other units, and what lies between two phases.
      other.push(otherOf(sample))
      continue
    }
    const sofar = bySlot.get(found.slot)
    const placed = { value: found.value, phase, sample }
    if (sofar) sofar.push(placed)
    else bySlot.set(found.slot, [placed])
  }
  const totals: Totals = {}
  const phases: ByPhase = {}
  let location: string | undefined
  for (const [slot, placed] of bySlot) {
    const chosen = nearest(placed, other)
    if (slot === 'importWh') location = chosen[0]?.sample.location
    for (const { phase, value } of chosen) {
      if (phase === undefined) continue
      const ofPhase = phases[phase] ?? {}
      ofPhase[slot] = value
      phases[phase] = ofPhase
    }
    const total = totalOf(slot, chosen)
    if (total !== undefined) totals[slot] = total
  }
  // The slots are named after the fields, which alone carry units in their types.
  const quantities = { ...totals, phases } as Quantities & Pick<MeterReading, 'phases'>
  return location === undefined || location === 'Outlet' ? { ...quantities, other } : { ...quantities, importLocation: location, other }
}

/** Those measured nearest to what the driver pays for; the others go with what has no place. */
function nearest(placed: readonly Placed[], other: OtherSample[]): readonly Placed[] {
  if (placed.every(({ sample }) => sample.location === placed[0]?.sample.location)) return placed
  const best = Math.min(...placed.map(({ sample }) => rank(sample)))
  for (const { sample } of placed) if (rank(sample) !== best) other.push(otherOf(sample))
  return placed.filter(({ sample }) => rank(sample) === best)
}

/** The station's own total, the last if it sent several; else what its phases amount to, without the neutral. */
function totalOf(slot: Slot, placed: readonly Placed[]): number | undefined {
  const whole = placed.findLast(({ phase }) => phase === undefined)
  if (whole) return whole.value
  const byPhase = new Map<Phase | undefined, number>()
  for (const { phase, value } of placed) if (phase !== 'N') byPhase.set(phase, value)
  if (byPhase.size === 0) return undefined
  let [sum, most] = [0, Number.NEGATIVE_INFINITY]
  for (const value of byPhase.values()) {
    sum += value
    most = Math.max(most, value)
  }
  if (slot.endsWith('Wh') || slot.endsWith('W')) return sum
  return slot === 'voltageV' ? sum / byPhase.size : most
}

const otherOf = ({ measurand, value, unit, multiplier, phase, location }: Sample): OtherSample => ({
  measurand,
  value: multiplier === 0 ? value : value * 10 ** multiplier,
  ...(unit !== undefined && { unit }),
  ...(phase !== undefined && { phase }),
  ...(location !== undefined && { location }),
})
