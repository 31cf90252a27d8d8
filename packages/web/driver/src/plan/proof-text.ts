import { formatDuration, formatMoney, formatNumber } from '@voltway/ui/format'
import type { Plan } from '../api/types.ts'
import { text } from '../text.ts'

/** How far the plan can be from the best that gives as much, where that is proved. */
const gapText = ({ gap }: Plan): string | undefined => {
  if (gap?.cost) return Number(gap.cost.micros) === 0 ? text('provedCheapest') : text('provedCost', { amount: formatMoney(gap.cost) })
  if (gap?.endSeconds !== undefined)
    return gap.endSeconds === 0 ? text('provedSoonest') : text('provedEnd', { time: formatDuration(gap.endSeconds * 1_000) })
  if (gap?.carbonGrams !== undefined)
    return gap.carbonGrams === 0 ? text('provedGreenest') : text('provedCarbon', { grams: formatNumber(gap.carbonGrams, 0) })
  return undefined
}

/** What one more kWh would cost where it is cheapest. */
const moreText = ({ slots = [] }: Plan): string | undefined => {
  const prices = slots.flatMap(({ marginalPerKwh }) => marginalPerKwh ?? []).sort((a, b) => Number(a.micros) - Number(b.micros))
  return prices[0] && text('oneMoreKwh', { price: formatMoney(prices[0]) })
}

/** What the platform can prove of a plan, and its price at the margin; empty where it is told neither. */
export const proofText = (plan: Plan): string => [gapText(plan), moreText(plan)].filter((part) => part !== undefined).join(' ')
