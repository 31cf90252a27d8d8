import { milliseconds } from '@voltway/units'
import { isLocked } from '../connector-machine.ts'
import type { Vehicle } from '../vehicle.ts'
import { applyEvent } from './apply-event.ts'
import {
  type ActionResult,
  type Authorisation,
  done,
  type PresentedToken,
  refused,
  type SimEvse,
  type StationCore,
  type StationTransaction,
} from './core.ts'
import { plugCable, unplugCable } from './plug-cable.ts'
import { updateSupply } from './supply.ts'
import { beginTransaction, breakTransaction, stopTransaction } from './transactions.ts'

/** What a person at the station can do; each answer is what the station's screen says. */

const talk = (core: StationCore, evse: SimEvse): void =>
  plugCable(core, evse, {
    accept: (token) => acceptToken(core, evse, token).ok,
    stop: (reason) => stopTransaction(core, evse, reason),
  })

export function plug(core: StationCore, evse: SimEvse, vehicle: Vehicle): ActionResult {
  if (evse.vehicle) return refused('A car is plugged in already.')
  evse.vehicle = vehicle
  talk(core, evse)
  if (evse.state === 'authorised') {
    const isRemote = evse.token?.remoteStartNumber !== undefined
    if (core.autoStart || isRemote) beginTransaction(core, evse, isRemote ? 'remote' : 'plugged')
  } else applyEvent(core, evse, 'plug')
  core.changed()
  return done(`${vehicle.label} is plugged in.`)
}

/** @param force tears the plug out although it is locked */
export function unplug(core: StationCore, evse: SimEvse, force = false): ActionResult {
  if (!evse.vehicle) return refused('No car is plugged in.')
  if (isLocked(evse.state)) {
    if (!force) return refused('The plug is locked: stop charging first.')
    breakTransaction(core, evse, 'evDisconnected')
    unplugCable(evse)
    evse.vehicle = undefined
    applyEvent(core, evse, 'breakaway')
    updateSupply(core)
    return done('The plug was torn out.')
  }
  unplugCable(evse)
  evse.vehicle = undefined
  evse.token = undefined
  evse.cancel.token()
  applyEvent(core, evse, 'unplug')
  return done('Unplugged. Drive safely.')
}

/** A card is held to the reader, or a booking id typed in. */
export async function presentToken(core: StationCore, evse: SimEvse, idToken: string): Promise<ActionResult> {
  if (evse.state === 'faulted' || evse.state === 'unavailable') return refused('Out of service.')
  if (evse.state === 'rampingDown' || evse.state === 'locked') return refused('Still stopping: wait until the plug is unlocked.')
  if (evse.transaction?.idToken === idToken) return press(core, evse, 'stop')
  const authorisation = (await core.dialect.authorize(idToken)) ?? offlineAuthorisation(core, evse, idToken)
  if (authorisation.status !== 'Accepted') return refused(`Not authorised: ${authorisation.status}.`)
  core.known.set(idToken, authorisation)
  if (evse.transaction) {
    const { groupIdToken } = evse.transaction
    return groupIdToken !== undefined && groupIdToken === authorisation.groupIdToken
      ? press(core, evse, 'stop')
      : refused('Somebody else is charging here.')
  }
  return acceptToken(core, evse, { idToken, groupIdToken: authorisation.groupIdToken, remoteStartNumber: undefined })
}

/** A driver whom the server has accepted, at this EVSE: holds it against a reservation and waits for the cable. */
export function acceptToken(core: StationCore, evse: SimEvse, token: Omit<PresentedToken, 'reservationNumber'>): ActionResult {
  const { reservation } = evse
  if (reservation && !isReservedFor(reservation, token)) return refused('Reserved for somebody else.')
  if (evse.state === 'authorised') return refused('Somebody has just been authorised here.')
  if (!applyEvent(core, evse, 'authorise')) return refused('The connector is not ready.')
  evse.token = { ...token, reservationNumber: reservation?.number }
  // A car that has charged is still on its plug: without another session it would get no direct current.
  talk(core, evse)
  const trigger: StationTransaction['trigger'] = token.remoteStartNumber === undefined ? 'authorised' : 'remote'
  if (evse.vehicle && (core.autoStart || trigger === 'remote') && beginTransaction(core, evse, trigger))
    return done('Authorised: charging starts.')
  evse.cancel.token()
  evse.cancel.token = core.clock.after(milliseconds(core.settings.number('connectionTimeoutSeconds') * 1000), () => {
    evse.token = undefined
    evse.pendingProfile = undefined
    applyEvent(core, evse, 'deauthorise')
  })
  return done(evse.vehicle ? 'Authorised: press start.' : 'Authorised: plug in your car.')
}

export const isReservedFor = (
  reservation: { readonly idToken: string; readonly groupIdToken: string | undefined },
  token: { readonly idToken: string; readonly groupIdToken: string | undefined },
) =>
  reservation.idToken.toLowerCase() === token.idToken.toLowerCase() ||
  (reservation.groupIdToken !== undefined && reservation.groupIdToken === token.groupIdToken)

/** Start and stop on the station itself. */
export function press(core: StationCore, evse: SimEvse, button: 'start' | 'stop'): ActionResult {
  if (button === 'stop')
    return stopTransaction(core, evse, 'local') ? done('Stopping: the plug unlocks in a moment.') : refused('Nothing is charging.')
  if (evse.transaction) return refused('Charging already.')
  if (evse.state !== 'authorised') return refused('Show a card or enter your booking id first.')
  return beginTransaction(core, evse, 'authorised') ? done('Charging starts.') : refused('Plug in your car first.')
}

/** Without the server: a holder of the reservation, a token it accepted before, or anybody where the settings allow. */
function offlineAuthorisation(core: StationCore, evse: SimEvse, idToken: string): Authorisation {
  const known = core.known.get(idToken)
  if (known && core.settings.flag('offlineKnown')) return known
  if (evse.reservation?.idToken === idToken) return { status: 'Accepted', groupIdToken: evse.reservation.groupIdToken }
  return { status: core.settings.flag('offlineUnknown') ? 'Accepted' : 'no connection', groupIdToken: undefined }
}

export function fault(core: StationCore, evse: SimEvse, code: string): ActionResult {
  // Before the transaction ends: its last message names the fault.
  evse.faultCode = code
  breakTransaction(core, evse, 'fault')
  evse.cable?.cutOff(code)
  evse.token = undefined
  evse.cancel.token()
  applyEvent(core, evse, 'fault')
  updateSupply(core)
  return done(`Fault: ${code}.`)
}

export function clearFault(core: StationCore, evse: SimEvse): ActionResult {
  if (evse.state !== 'faulted') return refused('There is no fault.')
  evse.faultCode = undefined
  applyEvent(core, evse, 'clear')
  return done('The fault is cleared.')
}
