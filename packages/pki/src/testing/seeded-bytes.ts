import { seeded } from '@voltway/units'
import type { RandomBytes } from '../keys/random-bytes.ts'

/** Bytes that look random and are the same for the same seed: for tests only. */
export const seededBytes = (seed: number): RandomBytes => {
  const next = seeded(seed)
  return (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256))
}
