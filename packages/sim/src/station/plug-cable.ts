import { openCable } from '../cable/open-cable.ts'
import { speechesAt } from '../cable/speech.ts'
import type { StationPlug } from '../cable/station-side.ts'
import { isFlowing } from '../connector-machine.ts'
import type { PresentedToken, SimEvse, StationCore } from './core.ts'
import { settleEnergy, updateSupply } from './supply.ts'

/** What the rest of the station does when the cable says so. */
export interface CableActions {
  readonly accept: (token: Omit<PresentedToken, 'reservationNumber'>) => boolean
  readonly stop: (reason: 'stoppedByEV' | 'evDisconnected') => void
}

/** A contract is a driver whom the server has to know, like a card. */
const welcome =
  (core: StationCore, evse: SimEvse, { accept }: CableActions): StationPlug['onContract'] =>
  async (emaid, pem) => {
    // Somebody showed a card: that is who pays, whatever the car carries.
    if (evse.transaction) return undefined
    const { cable } = evse
    const authorisation = await core.dialect.vehicle?.authorize(emaid, pem)
    // An answer that came too late is about a car that is gone.
    if (evse.cable !== cable || cable?.state() === 'ended') return 'unknown'
    if (authorisation?.status !== 'Accepted') return authorisation?.refusal ?? 'unknown'
    const token = { idToken: emaid, groupIdToken: authorisation.groupIdToken, remoteStartNumber: undefined, isContract: true }
    return accept(token) ? undefined : 'unknown'
  }

/** Begins to talk with a car where both speak ISO 15118 and do not talk already. */
export function plugCable(core: StationCore, evse: SimEvse, actions: CableActions): void {
  const { highLevel } = core
  const { vehicle } = evse
  if (!highLevel || !vehicle?.identity || !speechesAt(core, evse).includes('iso15118') || (evse.cable && evse.cable.state() !== 'ended'))
    return
  evse.cable = openCable(core, evse, {
    highLevel,
    vehicle,
    identity: vehicle.identity,
    events: {
      onDemand: () => updateSupply(core),
      onContract: welcome(core, evse, actions),
      onOpened: (urgent) => {
        if (!isFlowing(evse.state)) return
        settleEnergy(core, evse)
        // A session that broke has no output any more: nothing is left to ramp down.
        if (urgent) evse.powerW = 0
        actions.stop(urgent ? 'evDisconnected' : 'stoppedByEV')
      },
    },
  })
}

export function unplugCable(evse: SimEvse): void {
  evse.cable?.close()
  evse.cable = undefined
}
