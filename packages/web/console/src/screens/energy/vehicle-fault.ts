export interface WatchedVehicle {
  readonly chargingState?: string
  readonly powerW?: number
  readonly importWh: number
  readonly startedAt: string
}
export type VehicleFault = 'saysChargingTakesNothing' | 'nothingYet'

/** What an idle meter shows is not charging. */
const IDLE_BELOW_W = 50
const PATIENCE_MS = 10 * 60_000

/**
 * What is wrong with a plugged-in car, by what was measured: it is said to charge and takes no power, or has got nothing in ten minutes
 * though no station makes it wait. Undefined where nothing is.
 */
export const vehicleFault = ({ chargingState, powerW, importWh, startedAt }: WatchedVehicle, now: number): VehicleFault | undefined => {
  if (now - Date.parse(startedAt) < PATIENCE_MS) return undefined
  if (importWh === 0 && chargingState !== 'suspendedByStation') return 'nothingYet'
  if (chargingState === 'charging' && powerW !== undefined && Math.abs(powerW) < IDLE_BELOW_W) return 'saysChargingTakesNothing'
  return undefined
}
