import { onAuthorize } from './authorize.ts'
import { onBootNotification } from './boot-notification.ts'
import { onDataTransfer } from './data-transfer.ts'
import { onGet15118EVCertificate } from './get-15118-ev-certificate.ts'
import { onGetCertificateStatus } from './get-certificate-status.ts'
import { onHeartbeat } from './heartbeat.ts'
import { onMeterValues } from './meter-values.ts'
import { onNotifyEVChargingNeeds } from './notify-ev-charging-needs.ts'
import { onNotifyEVChargingSchedule } from './notify-ev-charging-schedule.ts'
import { onNotifyEvent } from './notify-event.ts'
import { onNotifyReport } from './notify-report.ts'
import { onReportChargingProfiles } from './report-charging-profiles.ts'
import { onStatusNotification } from './status-notification.ts'
import { onTransactionEvent } from './transaction-event.ts'

/** Every 2.x action that a station may call here: one line each. */
export const handlers = [
  onAuthorize,
  onBootNotification,
  onDataTransfer,
  onGet15118EVCertificate,
  onGetCertificateStatus,
  onHeartbeat,
  onMeterValues,
  onNotifyEVChargingNeeds,
  onNotifyEVChargingSchedule,
  onNotifyEvent,
  onNotifyReport,
  onReportChargingProfiles,
  onStatusNotification,
  onTransactionEvent,
] as const
