import { isoOf } from '@voltway/units'
import { heartbeat } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'

/** OCPP 2.0.1, G02. */
export const onHeartbeat = handles(heartbeat, (_, { receivedAt }) => ({ facts: [], reply: { currentTime: isoOf(receivedAt) } }))
