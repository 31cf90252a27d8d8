import { steeredEvse, type Tx } from '@voltway/store'
import type { StationTarget } from '../ocpp/station-gateway.ts'
import { termsOf } from './read-car.ts'

/** Whether the operator steers the site of an EVSE, and its station has words for a plan. */
export const canBePlanned = async (tx: Tx, station: StationTarget, number: number): Promise<boolean> => {
  const evse = await steeredEvse(tx, station, number)
  return evse?.isSteered === true && termsOf(evse, evse.currentType === 'DC' ? 1 : evse.phases, evse.byPhase) !== undefined
}
