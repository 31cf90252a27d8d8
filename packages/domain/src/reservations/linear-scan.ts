import type { EpochMs } from '@voltway/units'
import { SLOT_STEP_MS } from './booking-tree.ts'
import type { NearestFree, SlotWish } from './nearest-free.ts'
import type { Slot } from './slot.ts'

/**
 * Algorithm 1 as the EVCMS paper words it: go through all bookings; on an overlap add 15 minutes and
 * go through them again. The yardstick for tests and the benchmark; the platform itself uses `nearestFree`.
 */
export const linearScan = (bookings: readonly Slot[], wish: SlotWish): NearestFree => {
  const { durationMs, stepMs = SLOT_STEP_MS, notBefore = -Infinity, notAfter = Infinity } = wish
  const overlaps = (start: number) => bookings.some((booking) => start < booking.end && start + durationMs > booking.start)
  let start: number = wish.start
  let available = true
  while (start < notBefore || overlaps(start)) {
    available = false
    start += stepMs
  }
  if (start + durationMs > notAfter) return { available: false, start: undefined }
  return { available, start: start as EpochMs }
}
