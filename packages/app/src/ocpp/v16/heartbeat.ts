import { isoOf } from '@voltway/units'
import { heartbeat } from '@voltway/wire/ocpp/v16'
import { handles } from '../handler.ts'

/** OCPP 1.6, 4.6. */
export const onHeartbeat = handles(heartbeat, (_, { receivedAt }) => ({ facts: [], reply: { currentTime: isoOf(receivedAt) } }))
