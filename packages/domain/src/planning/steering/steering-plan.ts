import type { WattHours, Watts } from '@voltway/units'
import type { MicrosPerKwh } from '../site/index.ts'
import type { BindingPlace } from './plan-stage.ts'
import type { SetPointSchedule } from './set-point-schedule.ts'
import type { SlotGrid } from './slot-grid.ts'

/** Why a car gets what it gets. */
export interface SteeringReason {
  /**
   * `promiseKept`: its own plan, at no more than its price. `promiseMoved`: all its energy, but not at its price. `soonest`: a
   * walk-in in what the promises leave. `resting`: it takes nothing now. The others say why it lacks energy.
   */
  readonly code: 'promiseKept' | 'promiseMoved' | 'soonest' | 'resting' | 'tooLittleTime' | 'limits'
  /** What one more kWh for it would cost, and how much of that is because others want it too. */
  readonly marginalPerKwh: MicrosPerKwh | undefined
  readonly congestionPerKwh: MicrosPerKwh | undefined
  /** The limit that is in its way. */
  readonly at: BindingPlace | undefined
}

export interface SteeredCarPlan {
  readonly schedule: SetPointSchedule
  /** Whether the station must be told: what it was told before no longer does. */
  readonly isChanged: boolean
  readonly planned: WattHours
  readonly shortfall: WattHours
  readonly reason: SteeringReason
}

export interface SteeringPlan {
  readonly grid: SlotGrid
  /** `nested`: exact, stage by stage; `full`: with phases, pauses, sun, building or peak, its gap certified. */
  readonly planner: 'nested' | 'full'
  /** In the order of the site's cars. */
  readonly cars: readonly SteeredCarPlan[]
  readonly planned: WattHours
  readonly shortfall: WattHours
  /** At the site's prices, in billionths: what the cars add to its bill. */
  readonly costNanos: bigint
  /** Of what is planned, what the panels give and would else be fed in. */
  readonly solar: WattHours
  /** By how much the highest import is raised above what it is without cars or was before. */
  readonly peakRise: Watts
  readonly costGapNanos: bigint
  readonly shortfallGapWh: bigint
  /** Where later cars were anticipated: from how many past days, and what energy was given early because of them. */
  readonly anticipated?: Anticipated | undefined
}

export interface Anticipated {
  readonly days: number
  readonly early: WattHours
}
