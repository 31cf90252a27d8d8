import { type Watts, watts } from '@voltway/units'
import type { CarSwitching, SetPointTerms } from './steered-site.ts'

/** What is known of an EVSE and its station that decides how it takes limits. */
export interface EvseTerms {
  readonly currentType: 'AC' | 'DC'
  readonly phases: 1 | 3
  /** The unit of its charging schedules. */
  readonly unit: 'W' | 'A'
  readonly maxPeriods: number | undefined
}

/** Between phase and neutral in Europe: what a station makes of amperes. */
export const PHASE_VOLTS = 230
const LEAST_AMPERES = 6
/** Of stations that take watts: fine enough, and coarse enough that not every reading changes a plan. */
const STEP_W = 100
/** Below this a DC charger opens its contactors. */
const DC_LEAST_W = 1_000
/** What a station takes that does not say. */
const PERIODS_UNLESS_TOLD = 24

/**
 * An EVSE's set-points: whole amperes on each phase, or hundreds of watts. On DC in amperes they would need the battery's voltage,
 * which nobody tells: undefined, it cannot be steered.
 */
export const stationTerms = ({ currentType, phases, unit, maxPeriods }: EvseTerms): SetPointTerms | undefined => {
  const periods = Math.max(1, maxPeriods ?? PERIODS_UNLESS_TOLD)
  if (currentType === 'DC') return unit === 'A' ? undefined : { minimum: watts(DC_LEAST_W), step: watts(STEP_W), maxPeriods: periods }
  const ampere = PHASE_VOLTS * phases
  const step: Watts = watts(unit === 'A' ? ampere : STEP_W)
  return { minimum: watts(Math.ceil((ampere * LEAST_AMPERES) / step) * step), step, maxPeriods: periods }
}

/**
 * How an EVSE with three phases takes its limits on one of them, where its station can switch: in amperes alone, since watts do not say on
 * how many phases they are meant.
 * @param phase the site's, from which the EVSE's first one draws
 */
export const switchingTerms = (
  { currentType, phases, unit, maxPeriods }: EvseTerms,
  phase: CarSwitching['phase'],
): CarSwitching | undefined => {
  if (currentType === 'DC' || phases === 1 || unit === 'W') return undefined
  const terms = stationTerms({ currentType, phases: 1, unit, maxPeriods })
  return terms && { phase, terms }
}
