import { isoOf } from '@voltway/units'
import type { NotifyEventRequest } from '@voltway/wire/ocpp/v2'
import type { SimEvse, StationCore, StationTransaction } from '../station/core.ts'

/** Tells of the lock that holds the plug as 2.0.1 does: the variable Active of the connector's ConnectorPlugRetentionLock. */
export function plugLock2(core: StationCore) {
  let events = 0
  return (evse: SimEvse, transaction: StationTransaction, word: 'locked' | 'unlocked'): void => {
    const timestamp = isoOf(core.clock.now())
    const request: NotifyEventRequest = {
      generatedAt: timestamp,
      seqNo: 0,
      eventData: [
        {
          eventId: ++events,
          timestamp,
          trigger: 'Delta',
          actualValue: String(word === 'locked'),
          transactionId: transaction.id,
          eventNotificationType: 'HardWiredMonitor',
          component: { name: 'ConnectorPlugRetentionLock', evse: { id: evse.template.number, connectorId: 1 } },
          variable: { name: 'Active' },
        },
      ],
    }
    void core.link.call({ action: 'NotifyEvent', keep: true, payload: () => ({ ...request }) })
  }
}
