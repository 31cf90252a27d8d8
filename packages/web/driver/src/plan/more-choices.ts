import type { Wish } from '../api/types.ts'
import { nextAt } from './wall-clock.ts'

/** What a driver may ask of a plan beyond when and how much, as typed. */
export interface MoreChoices {
  /** Of the energy, so much by an earlier hour. */
  readonly minimumKWh: number | undefined
  /** `hh:mm` at the site: when the clock next shows it after the arrival. */
  readonly minimumBy: string
  /** Charging kept for just before the departure; 0 is none. */
  readonly lastPartMinutes: number
  readonly uninterrupted: boolean
  readonly goal: 'cheapest' | 'earliest' | 'greenest' | undefined
}

export const NO_CHOICES: MoreChoices = {
  minimumKWh: undefined,
  minimumBy: '',
  lastPartMinutes: 0,
  uninterrupted: false,
  goal: undefined,
}

export const hasChoices = ({ minimumKWh, minimumBy, lastPartMinutes, uninterrupted, goal }: MoreChoices): boolean =>
  minimumKWh !== undefined || minimumBy !== '' || lastPartMinutes > 0 || uninterrupted || goal !== undefined

export type ChoiceProblem = 'minimumMissing' | 'minimumByMissing'

/** Half a minimum: which half is missing. */
export const choiceProblem = ({ minimumKWh, minimumBy }: MoreChoices): ChoiceProblem | undefined => {
  if (minimumKWh === undefined && minimumBy !== '') return 'minimumMissing'
  return minimumKWh !== undefined && minimumBy === '' ? 'minimumByMissing' : undefined
}

export type Goal = NonNullable<MoreChoices['goal']>

/** The choices as the platform asks for them. The arrival is in epoch milliseconds; the leaning is the goal where none is chosen. */
export const choicesOf = (
  { minimumKWh, minimumBy, lastPartMinutes, uninterrupted, goal }: MoreChoices,
  { arrival, timeZone, leaning }: { readonly arrival: number; readonly timeZone: string; readonly leaning: Goal },
): Pick<Wish, 'goal' | 'minimum' | 'lastPartMinutes' | 'uninterrupted'> => ({
  goal: goal ?? leaning,
  ...(minimumKWh !== undefined &&
    minimumBy !== '' && { minimum: { energyWh: Math.round(minimumKWh * 1000), by: nextAt(minimumBy, arrival, timeZone) } }),
  ...(lastPartMinutes > 0 && { lastPartMinutes }),
  ...(uninterrupted && { uninterrupted }),
})
