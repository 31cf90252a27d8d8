import { formatEnergy, formatTime } from '@voltway/ui/format'
import type { Plan, PlanSlot } from '../api/types.ts'
import { text } from '../text.ts'

/** The reasons that a driver asked for or cannot see from the price; the others the chart shows. */
const TEXTS = { minimum: 'stretchMinimum', lastPart: 'stretchLastPart', taken: 'stretchTaken' } as const
/** So many times are named; of more, how many. */
const NAMED = 3

const joined = (slots: readonly PlanSlot[]): readonly PlanSlot[] => {
  const stretches: PlanSlot[] = []
  for (const slot of slots) {
    const last = stretches.at(-1)
    if (last?.to === slot.from) stretches[stretches.length - 1] = { ...last, to: slot.to, energyWh: last.energyWh + slot.energyWh }
    else stretches.push(slot)
  }
  return stretches
}

const timesOf = (stretches: readonly PlanSlot[], timeZone: string) => {
  const times = stretches.slice(0, NAMED).map(({ from, to }) => `${formatTime(from, timeZone)} – ${formatTime(to, timeZone)}`)
  const more = stretches.length - NAMED
  return [...times, ...(more > 0 ? [text('andMore', { count: more })] : [])].join(', ')
}

/** From when the battery takes less than it is offered. */
const fillingText = ({ curve }: Plan, timeZone: string) => {
  const filling = curve.find(({ powerW, limitW }) => limitW !== undefined && powerW < limitW * 0.98)
  return filling ? [text('stretchFilling', { time: formatTime(filling.from, timeZone) })] : []
}

/** Why a plan charges when it does, where it says more than the price: a sentence for each reason. */
export const stretchTexts = (plan: Plan, timeZone: string): readonly string[] => [
  ...Object.entries(TEXTS).flatMap(([reason, key]) => {
    const stretches = joined((plan.slots ?? []).filter((slot) => slot.reason === reason))
    if (stretches.length === 0) return []
    const energyWh = stretches.reduce((sum, slot) => sum + slot.energyWh, 0)
    return [text(key, { times: timesOf(stretches, timeZone), energy: formatEnergy(energyWh) })]
  }),
  ...fillingText(plan, timeZone),
]
