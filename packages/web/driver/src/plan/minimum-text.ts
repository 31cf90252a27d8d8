import { formatEnergy, formatTime } from '@voltway/ui/format'
import type { Plan } from '../api/types.ts'
import { text } from '../text.ts'

const WHY = {
  tooLittleTime: 'minimum_tooLittleTime',
  slotsTaken: 'minimum_slotsTaken',
  noPower: 'minimum_noPower',
  priceCap: 'minimum_priceCap',
  batteryFull: 'minimum_batteryFull',
  powerLimits: 'minimum_powerLimits',
} as const
/** Less than this rounds to nothing. */
const LEAST_WH = 50

/** What of a minimum cannot be had by its hour, and why; nothing where all can. */
export const minimumText = ({ minimumShortfall }: Plan, timeZone: string): string | undefined => {
  if (!minimumShortfall || minimumShortfall.energyWh < LEAST_WH) return undefined
  const { askedWh, by, energyWh, code } = minimumShortfall
  return text('minimumShort', {
    asked: formatEnergy(askedWh),
    time: formatTime(by, timeZone),
    energy: formatEnergy(energyWh),
    why: text(WHY[code as keyof typeof WHY] ?? 'minimum_otherChoices'),
  })
}
