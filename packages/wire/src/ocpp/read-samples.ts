import type { MeterReading, OtherSample, Phase, Quantities, Sample } from './meter-reading.ts'
import { measured, type Slot } from './meter-units.ts'

/** What samples of one moment and context amount to. */
export type SampledQuantities = Omit<MeterReading, 'atMs' | 'clock' | 'context' | 'signed'>

interface Placed {
  readonly slot: Slot
  readonly value: number
  readonly phase: Phase | undefined
  readonly sample: Sample
}

/** Where a value is preferred when a station measures it in several places: nearest to what the driver pays for. */
const LOCATIONS = ['Outlet', 'Cable', 'EV', 'Body', 'Inlet']
const rank = ({ location = 'Outlet' }: Sample) => {
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

export function readSamples(samples: readonly Sample[]): SampledQuantities {
  const other: OtherSample[] = []
  const bySlot = new Map<Slot, Placed[]>()
  for (const sample of samples) {
    const placed = placeOf(sample)
    if (!placed) other.push(otherOf(sample))
    else bySlot.set(placed.slot, [...(bySlot.get(placed.slot) ?? []), placed])
  }
  const totals: Partial<Record<Slot, number>> = {}
  const phases: Partial<Record<Phase, Partial<Record<Slot, number>>>> = {}
  for (const [slot, placed] of bySlot) {
    const best = Math.min(...placed.map(({ sample }) => rank(sample)))
    const chosen = placed.filter(({ sample }) => rank(sample) === best)
    other.push(...placed.filter(({ sample }) => rank(sample) !== best).map(({ sample }) => otherOf(sample)))
    for (const { phase, value } of chosen) if (phase) phases[phase] = { ...phases[phase], [slot]: value }
    const total = totalOf(slot, chosen)
    if (total !== undefined) totals[slot] = total
  }
  const location = bySlot.get('importWh')?.toSorted((a, b) => rank(a.sample) - rank(b.sample))[0]?.sample.location
  // The slots are named after the fields, which alone carry units in their types.
  const quantities = { ...totals, phases } as Quantities & Pick<MeterReading, 'phases'>
  return { ...quantities, ...(location !== undefined && location !== 'Outlet' && { importLocation: location }), other }
}

/** Undefined for what has no place: other measurands, other units, and what lies between two phases. */
function placeOf(sample: Sample): Placed | undefined {
  const phase = sample.phase === undefined ? undefined : PHASES.get(sample.phase)
  if (sample.phase !== undefined && phase === undefined) return undefined
  const found = measured(sample)
  return found && { ...found, phase, sample }
}

/** The station's own total, the last if it sent several; else what its phases amount to, without the neutral. */
function totalOf(slot: Slot, placed: readonly Placed[]): number | undefined {
  const whole = placed.findLast(({ phase }) => phase === undefined)
  if (whole) return whole.value
  const values = [...new Map(placed.filter(({ phase }) => phase !== 'N').map(({ phase, value }) => [phase, value])).values()]
  if (values.length === 0) return undefined
  const sum = values.reduce((total, value) => total + value, 0)
  if (slot.endsWith('Wh') || slot.endsWith('W')) return sum
  return slot === 'voltageV' ? sum / values.length : Math.max(...values)
}

const otherOf = ({ measurand, value, unit, multiplier, phase, location }: Sample): OtherSample => ({
  measurand,
  value: multiplier === 0 ? value : value * 10 ** multiplier,
  ...(unit !== undefined && { unit }),
  ...(phase !== undefined && { phase }),
  ...(location !== undefined && { location }),
})
