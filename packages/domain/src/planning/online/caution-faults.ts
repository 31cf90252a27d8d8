import type { SiteFault } from '../site/index.ts'
import type { Caution, OnlineSite } from './online-site.ts'

const RANGES: Readonly<Record<keyof Caution, { readonly from: number; readonly to: number; readonly isWhole: boolean }>> = {
  days: { from: 0, to: 10_000, isWhole: true },
  worst: { from: 0, to: 1, isWhole: false },
  reserve: { from: 0, to: 1, isWhole: false },
  missingPerKwh: { from: 0, to: 1e11, isWhole: true },
}

/** What is wrong with the day that is steered and with how careful its controller is to be. */
export const cautionFaults = ({ day, caution = {} }: Pick<OnlineSite, 'day' | 'caution'>): readonly SiteFault[] => {
  const faults: SiteFault[] = []
  const check = (value: number, field: string, { from, to, isWhole }: (typeof RANGES)['days']): void => {
    if (!Number.isFinite(value)) faults.push({ code: 'notANumber', field, message: 'must be a finite number' })
    else if (isWhole && !Number.isInteger(value)) faults.push({ code: 'notWhole', field, message: 'must be a whole number' })
    else if (value < from || value > to) faults.push({ code: 'range', field, message: `must be from ${from} to ${to}` })
  }
  check(day, 'day', { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, isWhole: true })
  for (const name of ['days', 'worst', 'reserve', 'missingPerKwh'] as const) {
    const value = caution[name]
    if (value !== undefined) check(value, `caution.${name}`, RANGES[name])
  }
  return faults
}
