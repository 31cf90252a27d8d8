import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type NotifyReportRequest = OCPP20.NotifyReportRequest
export type NotifyReportResponse = OCPP20.NotifyReportResponse

/** OCPP 2.0.1, B07: part of a report that GetBaseReport asked for. */
export const notifyReport = action<NotifyReportRequest, NotifyReportResponse>()('NotifyReport', { direction: 'fromStation' })
