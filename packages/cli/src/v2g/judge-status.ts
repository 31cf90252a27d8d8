import type { Message } from '@voltway/vehicle/transport'
import { bodyOf, fieldsOf } from './message-fields.ts'

/** Codes of a station that is well, or stops because it was asked to. */
const WELL: ReadonlySet<unknown> = new Set([undefined, 'EVSE_NotReady', 'EVSE_Ready', 'EVSE_Shutdown', 'EVSE_IsolationMonitoringActive'])

const complaintsOf = (message: Message): readonly string[] => {
  const body = bodyOf(message)
  const { EVSEStatusCode, EVSEIsolationStatus } = fieldsOf(body.DC_EVSEStatus)
  const { RCD } = fieldsOf(body.AC_EVSEStatus)
  const { EVErrorCode } = fieldsOf(body.DC_EVStatus)
  return [
    ...(message.name === 'SessionSetupRes' && message.responseCode === 'OK' ? ['OK where OK_NewSessionEstablished is due'] : []),
    ...(WELL.has(EVSEStatusCode) ? [] : [`the station says ${EVSEStatusCode}`]),
    ...(EVSEIsolationStatus === 'Fault' ? ['the station says that the isolation has a fault'] : []),
    ...(RCD === true ? ['the station says that its residual current device has tripped'] : []),
    ...(EVErrorCode === undefined || EVErrorCode === 'NO_ERROR' ? [] : [`the car says ${EVErrorCode}`]),
  ]
}

/** What the ends say is wrong with themselves, each told when it begins. */
export const statusJudge = () => {
  const standing = { EV: new Set<string>(), station: new Set<string>() }
  return (message: Message, side: keyof typeof standing): readonly string[] => {
    const said = new Set(complaintsOf(message))
    const fresh = [...said].filter((complaint) => !standing[side].has(complaint))
    standing[side] = said
    return fresh
  }
}
