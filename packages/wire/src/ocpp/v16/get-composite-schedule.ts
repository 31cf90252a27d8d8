import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type GetCompositeScheduleRequest = OCPP16.GetCompositeScheduleRequest
export type GetCompositeScheduleResponse = OCPP16.GetCompositeScheduleResponse

/** OCPP 1.6, 5.7: what all limits together amount to. */
export const getCompositeSchedule = action<GetCompositeScheduleRequest, GetCompositeScheduleResponse>()('GetCompositeSchedule', {
  direction: 'toStation',
})
