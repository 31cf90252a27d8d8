import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type GetCompositeScheduleRequest = OCPP20.GetCompositeScheduleRequest
export type GetCompositeScheduleResponse = OCPP20.GetCompositeScheduleResponse

/** OCPP 2.0.1, K08: what all limits together amount to. */
export const getCompositeSchedule = action<GetCompositeScheduleRequest, GetCompositeScheduleResponse>()('GetCompositeSchedule', {
  direction: 'toStation',
})
