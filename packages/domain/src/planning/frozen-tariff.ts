import type { EpochMs } from '@voltway/units'
import { availabilityMultiplier } from '../tariffs/availability-multiplier.ts'
import { resolveTariff } from '../tariffs/resolve-tariff.ts'
import type { Tariff } from '../tariffs/tariff.ts'
import type { PlanContext } from './plan-context.ts'

/**
 * What a plan that starts at an instant is priced with. The slot of a plan is free, so the paper's multiplier is that of
 * a free slot; and it is never above the one of the moment that the driver asked for, since it is we who move the driver
 * (the paper's Case 4 raises it).
 */
export const frozenTariff = ({ tariff, series = [], load = 0n }: PlanContext, asked: EpochMs): ((start: EpochMs) => Tariff) => {
  const resolve = (at: EpochMs) => resolveTariff(tariff, { at, slotTaken: false, series, load })
  if (tariff.kind === 'elements') {
    const resolved = resolve(asked)
    return () => resolved
  }
  if (tariff.acmPpm !== undefined) return () => tariff
  const askedPpm = availabilityMultiplier(tariff, asked, false)
  return (start) => {
    const startPpm = availabilityMultiplier(tariff, start, false)
    return { ...tariff, acmPpm: startPpm < askedPpm ? startPpm : askedPpm }
  }
}
