import { ocpp201 } from '@voltway/wire/ocpp/v2'
import type { VersionRoom } from '../version-room.ts'
import { beyondLimits } from './beyond-limits.ts'
import { commands } from './commands.ts'
import { discover } from './discover.ts'
import { handlers } from './handlers.ts'

/** All of OCPP 2.0.1 that this server speaks. */
export const room: VersionRoom = {
  version: 'ocpp2.0.1',
  protocol: ocpp201,
  handlers: new Map(handlers.map((handler) => [handler.action.name, handler])),
  commands,
  beyondLimits,
  discover,
}
