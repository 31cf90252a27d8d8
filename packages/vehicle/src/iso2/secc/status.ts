import type { iso2 } from '@voltway/wire/iso15118'
import { wholeWithin } from '../physical.ts'
import type { SeccSession } from './state.ts'

const ISOLATION = { valid: 'Valid', warning: 'Warning', fault: 'Fault' } as const

const notificationOf = ({ station, dialect }: SeccSession) => {
  const wish = station.wish?.notification === 'ReNegotiation' && !dialect.can.renegotiate ? undefined : station.wish
  return {
    NotificationMaxDelay: wholeWithin(wish?.within ?? 0, 0, 65_535),
    EVSENotification: wish?.notification ?? 'None',
  } as const
}

/** The station's status where the current is alternating. */
export const acStatus = (session: SeccSession): iso2.AC_EVSEStatusType => ({
  ...notificationOf(session),
  RCD: session.station.residualCurrent,
})

const statusCode = ({ station, name }: SeccSession): iso2.DC_EVSEStatusType['EVSEStatusCode'] => {
  if (station.emergency !== undefined) return 'EVSE_EmergencyShutdown'
  if (station.isolation === 'fault') return 'EVSE_Malfunction'
  if (station.wish?.notification === 'StopCharging') return 'EVSE_Shutdown'
  if (name === 'cableCheck' && station.isolation === undefined) return 'EVSE_IsolationMonitoringActive'
  return name === 'dcStopped' ? 'EVSE_NotReady' : 'EVSE_Ready'
}

/** The station's status where the current is direct. */
export const dcStatus = (session: SeccSession): iso2.DC_EVSEStatusType => ({
  ...notificationOf(session),
  EVSEIsolationStatus: session.station.isolation === undefined ? 'Invalid' : ISOLATION[session.station.isolation],
  EVSEStatusCode: statusCode(session),
})

/** The status that goes with the kind of current of the session. */
export const statusOf = (session: SeccSession, direct: boolean) =>
  direct ? { DC_EVSEStatus: dcStatus(session) } : { AC_EVSEStatus: acStatus(session) }
