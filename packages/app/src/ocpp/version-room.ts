import type { OcppVersion, Protocol } from '@voltway/wire/ocpp'
import type { IntentCommands } from './commands/intent-command.ts'
import type { Discovery } from './discovery.ts'
import type { Handler } from './handler.ts'
import type { CommandIssue, JsonObject } from './station-gateway.ts'

/** Everything that shared code may ask of one OCPP version. */
export interface VersionRoom {
  readonly version: OcppVersion
  readonly protocol: Protocol
  readonly handlers: ReadonlyMap<string, Handler>
  readonly commands: IntentCommands
  /** What a station cannot take although the schema allows it. */
  readonly beyondLimits: (action: string, payload: JsonObject, capabilities: JsonObject) => readonly CommandIssue[]
  /** Learns after a boot what the station can do. */
  readonly discover: Discovery
}
