import type { EpochMs } from '@voltway/units'

/** A half-open stretch of time [start, end) on one EVSE. */
export interface Slot {
  readonly start: EpochMs
  readonly end: EpochMs
}
