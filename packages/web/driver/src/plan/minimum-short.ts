import type { Plan, Wish } from '../api/types.ts'

const HOUR = 3_600_000
/** Powers are told to a tenth of a watt, energies in whole Wh. */
const ROUNDING_WH = 20

/** What a plan gives by an instant, in Wh. */
const energyBy = ({ curve }: Plan, by: number) =>
  curve.reduce((sum, { from, to, powerW }) => sum + (powerW * Math.max(0, Math.min(Date.parse(to), by) - Date.parse(from))) / HOUR, 0)

/** What a plan gives by the minimum's hour, in Wh, where that is less than the minimum. */
export const minimumShort = (plan: Plan, minimum: Wish['minimum']): number | undefined => {
  if (!minimum) return undefined
  const given = energyBy(plan, Date.parse(minimum.by))
  return given < minimum.energyWh - ROUNDING_WH ? Math.round(given) : undefined
}
