import type { FullSiteFault } from './full-site-problem.ts'

/** A hundred thousand currency units for one kWh: slips of a unit are caught. */
const MOST_PRICE = 1e11
/** Sums of power are kept in 32 bits. */
export const MOST_WATTS = 2_147_483_647

export type Report = (code: FullSiteFault['code'], field: string, message: string) => void

export const checkNumber = (value: number, field: string, report: Report): boolean => {
  if (Number.isFinite(value)) return true
  report('notANumber', field, 'must be a finite number')
  return false
}

export const checkWhole = (value: number, field: string, report: Report): boolean => {
  if (!checkNumber(value, field, report)) return false
  if (Number.isInteger(value)) return true
  report('notWhole', field, 'must be a whole number')
  return false
}

export const checkPrice = (value: number, field: string, report: Report): boolean => {
  if (!checkWhole(value, field, report)) return false
  if (Math.abs(value) <= MOST_PRICE) return true
  report('range', field, `must be within ${MOST_PRICE} of zero`)
  return false
}

/** A power or current: finite, not negative, and small enough to be summed. */
export const checkPower = (value: number, field: string, report: Report): boolean => {
  if (!checkNumber(value, field, report)) return false
  if (value >= 0 && value <= MOST_WATTS) return true
  report('range', field, 'must be from nothing to 2 GW')
  return false
}

/** A whole number between two others, both included. */
export const checkBetween = (
  value: number,
  field: string,
  at: { readonly least: number; readonly most: number; readonly report: Report },
) => {
  if (!checkWhole(value, field, at.report)) return false
  if (value >= at.least && value <= at.most) return true
  at.report('range', field, `must be from ${at.least} to ${at.most}`)
  return false
}

export const checkLength = (values: readonly number[], slots: number, at: { readonly field: string; readonly report: Report }): boolean => {
  if (values.length === slots) return true
  at.report('length', at.field, `must have one value for each of the ${slots} slots, not ${values.length}`)
  return false
}
