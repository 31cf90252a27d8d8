import { type EpochMs, epochMs } from '@voltway/units'
import { DEFAULT_CONTEXT, type MeterReading, type Sample, type SignedSample } from './meter-reading.ts'
import { readSamples } from './read-samples.ts'
import { stationTime } from './timestamp.ts'

/** One sampled value of either version, taken apart. */
export interface ReadSample {
  readonly context: string | undefined
  /** Undefined when the value is readable only by who checks its signature. */
  readonly sample: Sample | undefined
  readonly signed: SignedSample | undefined
}

interface Group {
  readonly samples: Sample[]
  readonly signed: SignedSample[]
}

/** One meter value, read: a station may mix contexts in it, and each context is a reading of its own. */
export function groupSamples(timestamp: string, samples: readonly ReadSample[], receivedAt: EpochMs): readonly MeterReading[] {
  const at = stationTime(timestamp, receivedAt)
  const groups = new Map<string, Group>()
  for (const { context = DEFAULT_CONTEXT, sample, signed } of samples) {
    const group = groups.getOrInsertComputed(context, () => ({ samples: [], signed: [] }))
    if (sample) group.samples.push(sample)
    if (signed) group.signed.push(signed)
  }
  return Array.from(groups, ([context, group]) => ({
    atMs: at ?? epochMs(receivedAt),
    clock: at === undefined ? 'receiver' : 'station',
    context,
    ...readSamples(group.samples),
    signed: group.signed,
  }))
}
