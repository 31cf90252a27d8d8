import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type HeartbeatRequest = OCPP20.HeartbeatRequest
export type HeartbeatResponse = OCPP20.HeartbeatResponse

/** OCPP 2.0.1, G02: the station is alive; the answer carries the time. */
export const heartbeat = action<HeartbeatRequest, HeartbeatResponse>()('Heartbeat', { direction: 'fromStation' })
