import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type HeartbeatRequest = OCPP16.HeartbeatRequest
export type HeartbeatResponse = OCPP16.HeartbeatResponse

/** OCPP 1.6, 4.6: the station is alive; the answer carries the time. */
export const heartbeat = action<HeartbeatRequest, HeartbeatResponse>()('Heartbeat', { direction: 'fromStation' })
