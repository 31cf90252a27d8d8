import { formatDuration, formatEnergy, formatMoney, formatNumber } from '@voltway/ui/format'
import type { Money, Plan, PlanGap } from '../api/types.ts'
import { text } from '../text.ts'

const coinOf = ({ currency }: Money): number => {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  return 10 ** (6 - maximumFractionDigits)
}
const upTo = (step: number, value: number): number => Math.ceil(value / step) * step

/** What is at most so much is rounded up: less would not be true. */
const moneyAtMost = (amount: Money): string => formatMoney({ ...amount, micros: String(upTo(coinOf(amount), Number(amount.micros))) })
const energyAtMost = (wattHours: number): string => formatEnergy(upTo(wattHours < 9_990 ? 10 : 100, wattHours))
const timeAtMost = (seconds: number): string => formatDuration(1_000 * (seconds < 60 ? seconds : upTo(60, seconds)))

const isNothing = (amount: Money | undefined): boolean => Number(amount?.micros) === 0

/** Of a plan that a price limit cuts short, that it is the most is what counts. */
const costText = ({ cost, energyWh }: PlanGap & { readonly cost: Money }): string => {
  if (energyWh !== undefined) return energyWh === 0 ? text('provedMost') : text('provedMore', { energy: energyAtMost(energyWh) })
  return isNothing(cost) ? text('provedCheapest') : text('provedCost', { amount: moneyAtMost(cost) })
}

/** What is proved of the goal, and of money, which comes second. */
const withThen = (proved: string, { thenCost }: PlanGap, then: 'provedThenCost' | 'provedThenCostGreen'): string =>
  thenCost && !isNothing(thenCost) ? `${proved} ${text(then, { amount: moneyAtMost(thenCost) })}` : proved

const endText = (gap: PlanGap & { readonly endSeconds: number }): string => {
  const { endSeconds, thenCost } = gap
  if (endSeconds === 0 && isNothing(thenCost)) return text('provedSoonestCheapest')
  const proved = endSeconds > 0 ? text('provedEnd', { time: timeAtMost(endSeconds) }) : text('provedSoonest')
  return withThen(proved, gap, 'provedThenCost')
}

const carbonText = (gap: PlanGap & { readonly carbonGrams: number }): string => {
  const { carbonGrams, thenCost } = gap
  if (carbonGrams === 0 && isNothing(thenCost)) return text('provedGreenestCheapest')
  const proved = carbonGrams > 0 ? text('provedCarbon', { grams: formatNumber(carbonGrams, 0) }) : text('provedGreenest')
  return withThen(proved, gap, 'provedThenCostGreen')
}

/** How far the plan can be from the best that gives as much, where that is proved. */
const gapText = ({ gap }: Plan): string | undefined => {
  if (gap?.cost) return costText({ ...gap, cost: gap.cost })
  if (gap?.costAndWaiting)
    return isNothing(gap.costAndWaiting) ? text('provedBalanced') : text('provedBalancedBut', { amount: moneyAtMost(gap.costAndWaiting) })
  if (gap?.endSeconds !== undefined) return endText({ ...gap, endSeconds: gap.endSeconds })
  if (gap?.carbonGrams !== undefined) return carbonText({ ...gap, carbonGrams: gap.carbonGrams })
  return undefined
}

/** What one more kWh would cost where it is cheapest, or emit where it is greenest. */
const moreText = ({ slots = [] }: Plan): string | undefined => {
  const prices = slots.flatMap(({ marginalPerKwh }) => marginalPerKwh ?? []).sort((a, b) => Number(a.micros) - Number(b.micros))
  if (prices[0]) return text('oneMoreKwh', { price: formatMoney(prices[0]) })
  const grams = slots.flatMap(({ marginalGramsPerKwh }) => marginalGramsPerKwh ?? [])
  return grams.length > 0 ? text('oneMoreKwhCarbon', { grams: formatNumber(Math.min(...grams), 0) }) : undefined
}

/** What the platform can prove of a plan, and its price at the margin; empty where it is told neither. */
export const proofText = (plan: Plan): string => [gapText(plan), moreText(plan)].filter((part) => part !== undefined).join(' ')
