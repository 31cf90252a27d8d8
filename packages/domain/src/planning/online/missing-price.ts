import { type MicrosPerKwh, microsPerKwh } from '../site/index.ts'
import type { OnlineSite } from './online-site.ts'

const ABOVE = 150_000

/**
 * What a kWh counts for that a car leaves without: above the dearest slot still to come, so that a car that would else lack it takes any
 * slot; not endless, so that a future that is short one time in ten does not outweigh nine cheap ones.
 */
export const missingPrice = ({ pricePerKwh, caution }: Pick<OnlineSite, 'pricePerKwh' | 'caution'>, slot: number): MicrosPerKwh => {
  let dearest = Number.NEGATIVE_INFINITY
  for (let at = slot; at < pricePerKwh.length; at++) dearest = Math.max(dearest, pricePerKwh[at]!)
  return microsPerKwh(dearest + (caution?.missingPerKwh ?? ABOVE))
}
