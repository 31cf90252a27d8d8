import { onAuthorize } from './authorize.ts'
import { onBootNotification } from './boot-notification.ts'
import { onDataTransfer } from './data-transfer.ts'
import { onHeartbeat } from './heartbeat.ts'
import { onMeterValues } from './meter-values.ts'
import { onStartTransaction } from './start-transaction.ts'
import { onStatusNotification } from './status-notification.ts'
import { onStopTransaction } from './stop-transaction.ts'

/** Every 1.6 action that a station may call here: one line each. */
export const handlers = [
  onAuthorize,
  onBootNotification,
  onDataTransfer,
  onHeartbeat,
  onMeterValues,
  onStartTransaction,
  onStatusNotification,
  onStopTransaction,
] as const
