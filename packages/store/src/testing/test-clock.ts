import { type Clock, epochMs } from '@voltway/units'

/** Stands still in the middle of June 2026, the month that test databases have partitions around. */
export const testClock: Clock = { now: () => epochMs(Date.UTC(2026, 5, 15, 12)), after: () => () => undefined }
