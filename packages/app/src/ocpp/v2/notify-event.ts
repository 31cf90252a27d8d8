import { stationTime } from '@voltway/wire/ocpp'
import { type NotifyEventRequest, notifyEvent } from '@voltway/wire/ocpp/v2'
import { type CallContext, handles, type RaisedByStation } from '../handler.ts'
import { plugFact } from '../plug-fact.ts'

type EventData = NotifyEventRequest['eventData'][number]

/** The lock of a plug in the standard's list of components. */
const isLock = ({ component, variable }: EventData, name: string) =>
  component.name.toLowerCase() === 'connectorplugretentionlock' && variable.name.toLowerCase() === name

const plugFacts = (event: EventData, context: CallContext) => {
  const { evse } = event.component
  if (!isLock(event, 'active') || !evse) return []
  return plugFact(
    {
      word: event.actualValue.trim().toLowerCase() === 'true' ? 'locked' : 'unlocked',
      evse: evse.id,
      connector: evse.connectorId,
      occurredAt: stationTime(event.timestamp, context.receivedAt) ?? context.receivedAt,
      transactionId: event.transactionId,
    },
    context,
  )
}

/** G05.FR.02: a lock that fails is told as its problem, which somebody has to see. */
const alarmOf = (event: EventData): readonly RaisedByStation[] => {
  if (!isLock(event, 'problem') || event.cleared || event.actualValue.trim().toLowerCase() !== 'true') return []
  return [{ kind: 'ConnectorLockFailure', detail: { evse: event.component.evse?.id, connector: event.component.evse?.connectorId } }]
}

/** OCPP 2.0.1, N07 and G05. Of what a station tells of its parts, the lock that holds the plug matters to its driver. */
export const onNotifyEvent = handles(notifyEvent, async ({ eventData }, context) => ({
  facts: (await Promise.all(eventData.map((event) => plugFacts(event, context)))).flat(),
  reply: {},
  alarms: eventData.flatMap(alarmOf),
}))
