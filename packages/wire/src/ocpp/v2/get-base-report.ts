import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type GetBaseReportRequest = OCPP20.GetBaseReportRequest
export type GetBaseReportResponse = OCPP20.GetBaseReportResponse

/** OCPP 2.0.1, B07: asks for the device model, which comes in NotifyReport. */
export const getBaseReport = action<GetBaseReportRequest, GetBaseReportResponse>()('GetBaseReport', { direction: 'toStation' })
