import type { SimEvse } from './core.ts'

/** The phases that a car draws from: of those that are closed to it, the ones it uses. */
export const usedPhases = ({ template, phases, vehicle }: SimEvse): 1 | 3 =>
  template.currentType === 'DC' ? 1 : (vehicle?.acPhases ?? phases)

/** The most that an EVSE can give by the phases that are closed, in W. */
export const closedPowerW = ({ template, phases }: SimEvse): number => (template.maxPowerW * phases) / template.phases

/** The most that one phase of it carries, in A. */
export const ratedCurrentA = ({ template }: SimEvse): number => template.maxPowerW / (template.voltageV * template.phases)
