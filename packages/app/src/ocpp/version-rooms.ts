import type { OcppVersion } from '@voltway/wire/ocpp'
import { room as v2 } from './v2/room.ts'
import { room as v16 } from './v16/room.ts'
import type { VersionRoom } from './version-room.ts'

/** The versions that are spoken, by subprotocol: one line each. */
export const VERSION_ROOMS: Readonly<Record<OcppVersion, VersionRoom>> = { 'ocpp1.6': v16, 'ocpp2.0.1': v2 }
