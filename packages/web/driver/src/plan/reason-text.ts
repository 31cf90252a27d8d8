import { formatDuration, formatMoney } from '@voltway/ui'
import type { Plan, PlanReason } from '../api/types.ts'
import { text } from '../text.ts'

const KEYS = {
  asAsked: 'reasonAsAsked',
  fitsDuration: 'reasonFitsDuration',
  fitsEnergy: 'reasonFitsEnergy',
  movedOffPeak: 'reasonOffPeak',
  movedToFreeSlot: 'reasonFreeSlot',
  cheapestBeforeDeparture: 'reasonCheapest',
  bestOfPriceAndWait: 'reasonBalanced',
  soonest: 'reasonSoonest',
  sameEnergyForLess: 'reasonSameForLess',
  waitsForLess: 'reasonWaits',
  leastShortfall: 'reasonShort',
  greenestBeforeDeparture: 'reasonGreenest',
  minimumInTime: 'reasonMinimum',
  lastPartKept: 'reasonLastPart',
  lastPartLeftOut: 'reasonNoLastPart',
  withoutPause: 'reasonOneGo',
} as const

const KINDS = {
  duration: 'kindDuration',
  power: 'kindPower',
  durationEco: 'kindDurationEco',
  powerEco: 'kindPowerEco',
  cheapest: 'kindCheapest',
  soonest: 'kindSoonest',
  greenest: 'kindGreenest',
} as const

/** Why a plan is offered, as a phrase. */
export const reasonText = ({ code, shiftMinutes, saved }: PlanReason) => {
  const key = KEYS[code as keyof typeof KEYS]
  if (!key) return undefined
  const shift = shiftMinutes ? `${shiftMinutes > 0 ? '' : '−'}${formatDuration(Math.abs(shiftMinutes) * 60_000)}` : ''
  const moved = shift && text(Number(shiftMinutes) < 0 ? 'shiftEarlier' : 'shiftLater', { shift: shift.replace('−', '') })
  return [text(key), moved, saved && Number(saved.micros) > 0 ? text('saves', { amount: formatMoney(saved) }) : '']
    .filter(Boolean)
    .join(', ')
}

/** What a plan is called; the cheapest of price and waiting together is not called the cheapest where waiting made it dearer. */
export const planName = ({ kind, reasons }: Plan) =>
  reasons.some(({ code }) => code === 'bestOfPriceAndWait') && kind === 'cheapest'
    ? text('kindBalanced')
    : text(KINDS[kind as keyof typeof KINDS] ?? 'kindOther')
