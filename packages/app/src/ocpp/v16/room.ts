import { ocpp16 } from '@voltway/wire/ocpp/v16'
import type { VersionRoom } from '../version-room.ts'
import { beyondLimits } from './beyond-limits.ts'
import { commands } from './commands.ts'
import { discover } from './discover.ts'
import { handlers } from './handlers.ts'

/** All of OCPP 1.6 that this server speaks. */
export const room: VersionRoom = {
  version: 'ocpp1.6',
  protocol: ocpp16,
  handlers: new Map(handlers.map((handler) => [handler.action.name, handler])),
  commands,
  beyondLimits,
  discover,
}
