import { type EpochMs, milliseconds } from '@voltway/units'
import { type ChargingProfile, withProfile } from '../charging/charging-profile.ts'
import type { ConnectorState } from '../connector-machine.ts'
import { applyEvent } from './apply-event.ts'
import type { SimEvse, StationCore } from './core.ts'
import { acceptToken, isReservedFor, presentToken } from './driver-actions.ts'
import { updateSupply } from './supply.ts'
import { breakTransaction, stopTransaction } from './transactions.ts'

/** What the server asks of a station, in neither version's words; each answer is what both versions can say. */

export interface ReserveRequest {
  readonly number: number
  /** 0 leaves the choice to the station. */
  readonly evse: number
  readonly expiresAt: EpochMs
  readonly idToken: string
  readonly groupIdToken: string | undefined
}
export type ReserveAnswer = 'Accepted' | 'Faulted' | 'Occupied' | 'Rejected' | 'Unavailable'

export function reserve(core: StationCore, request: ReserveRequest): ReserveAnswer {
  if (request.expiresAt <= core.clock.now()) return 'Rejected'
  const replaced = core.evses.find(({ reservation }) => reservation?.number === request.number)
  const evse =
    request.evse === 0 ? (replaced ?? core.evses.find(({ state }) => state === 'available') ?? core.evses[0]) : findEvse(core, request.evse)
  if (!evse) return 'Rejected'
  if (replaced && replaced !== evse) cancelReservation(core, request.number)
  if (replaced !== evse) {
    if (evse.state === 'faulted') return 'Faulted'
    if (evse.state === 'unavailable') return 'Unavailable'
    if (evse.state !== 'available') return 'Occupied'
  }
  evse.reservation?.cancelExpiry()
  const cancelExpiry = core.clock.after(milliseconds(request.expiresAt - core.clock.now()), () => endReservation(core, evse))
  evse.reservation = { ...request, cancelExpiry }
  applyEvent(core, evse, 'reserve')
  core.changed()
  return 'Accepted'
}

export function cancelReservation(core: StationCore, number: number): boolean {
  const evse = core.evses.find(({ reservation }) => reservation?.number === number)
  if (!evse) return false
  evse.reservation?.cancelExpiry()
  endReservation(core, evse)
  return true
}
function endReservation(core: StationCore, evse: SimEvse): void {
  evse.reservation = undefined
  applyEvent(core, evse, 'reservationOver')
  core.changed()
}

export interface RemoteStartRequest {
  readonly evse: number | undefined
  readonly idToken: string
  readonly groupIdToken: string | undefined
  readonly remoteStartNumber: number
  readonly profile: ChargingProfile | undefined
}
const STARTABLE: readonly ConnectorState[] = ['preparing', 'reserved', 'finishing', 'available']

/** The EVSE on which it will start, or undefined when it cannot. The start itself follows after the answer. */
export function remoteStart(core: StationCore, request: RemoteStartRequest): SimEvse | undefined {
  const token = { idToken: request.idToken, groupIdToken: request.groupIdToken, remoteStartNumber: request.remoteStartNumber }
  const fits = (evse: SimEvse) => STARTABLE.includes(evse.state) && (!evse.reservation || isReservedFor(evse.reservation, token))
  const candidates = core.evses.filter((evse) => (request.evse === undefined || evse.template.number === request.evse) && fits(evse))
  if (core.rebooting) return undefined
  const evse = candidates.toSorted((a, b) => STARTABLE.indexOf(a.state) - STARTABLE.indexOf(b.state))[0]
  if (!evse) return undefined
  core.clock.after(milliseconds(0), () => {
    evse.pendingProfile = request.profile && { ...request.profile, evse: evse.template.number }
    if (core.settings.flag('authorizeRemote')) void presentToken(core, evse, request.idToken)
    else acceptToken(core, evse, token)
  })
  return evse
}

/** By the 1.6 number or the 2.x id. */
export function remoteStop(core: StationCore, matches: (evse: SimEvse) => boolean): boolean {
  const evse = core.evses.find((one) => one.transaction && one.transaction.stopReason === undefined && matches(one))
  if (!evse) return false
  core.clock.after(milliseconds(0), () => stopTransaction(core, evse, 'remote'))
  return true
}

/** @param number 0 is the whole station */
export function changeAvailability(core: StationCore, number: number, operative: boolean): 'Accepted' | 'Rejected' | 'Scheduled' {
  const evses = number === 0 ? core.evses : core.evses.filter(({ template }) => template.number === number)
  if (evses.length === 0) return 'Rejected'
  for (const evse of evses) {
    evse.operative = operative
    if (!evse.transaction) applyEvent(core, evse, operative ? 'operative' : 'inoperative')
  }
  return !operative && evses.some(({ transaction }) => transaction) ? 'Scheduled' : 'Accepted'
}

export function unlock(core: StationCore, number: number): 'Unlocked' | 'UnlockFailed' | 'Unknown' {
  const evse = findEvse(core, number)
  if (!evse) return 'Unknown'
  if (evse.transaction) stopTransaction(core, evse, 'unlock')
  return 'Unlocked'
}

/** Ends what runs, then goes away and comes back. A hard reset waits for nothing. */
export function reset(core: StationCore, hard: boolean): void {
  core.rebooting = true
  for (const evse of core.evses) {
    if (hard && evse.transaction) {
      breakTransaction(core, evse, 'hardReset')
      applyEvent(core, evse, 'breakaway')
    } else stopTransaction(core, evse, 'softReset')
    if (hard) evse.cable?.cutOff('hard reset')
  }
  rebootWhenQuiet(core, hard)
}

const LOOK_AGAIN_MS = 500

function rebootWhenQuiet(core: StationCore, hard: boolean): void {
  const busy = !hard && (core.evses.some(({ transaction }) => transaction) || core.link.backlog() > 0)
  core.clock.after(milliseconds(LOOK_AGAIN_MS), () => {
    if (busy) return rebootWhenQuiet(core, hard)
    core.bootReason = 'remoteReset'
    core.link.down(hard ? 'cut' : 'close')
    core.clock.after(milliseconds(core.timing.rebootMs), () => {
      core.rebooting = false
      core.link.up()
    })
  })
}

export function setProfile(core: StationCore, profile: ChargingProfile): boolean {
  const known = profile.evse === 0 || findEvse(core, profile.evse) !== undefined
  const atHome = profile.purpose === 'stationMax' ? profile.evse === 0 : profile.purpose !== 'tx' || profile.evse > 0
  if (!known || !atHome || profile.periods.length === 0) return false
  if (profile.stackLevel > core.settings.number('maxStackLevel') || profile.periods.length > core.settings.number('maxPeriods'))
    return false
  if (profile.purpose === 'tx' && !findEvse(core, profile.evse)?.transaction) return false
  const next = withProfile(core.profiles, profile)
  if (next.length > core.settings.number('maxProfiles')) return false
  core.profiles = next
  core.clock.after(milliseconds(0), () => updateSupply(core))
  return true
}

export const findEvse = (core: StationCore, number: number) => core.evses.find(({ template }) => template.number === number)
