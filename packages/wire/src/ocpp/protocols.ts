import type { EpochMs, Result } from '@voltway/units'
import type { Direction } from './action.ts'
import type { JsonSchema } from './compiled-schemas.ts'
import { jsonSchema } from './json-schema.ts'
import { type Normalised, normalise } from './normalise.ts'
import { callableAction, type MessageKind, type Protocol } from './protocol.ts'
import { type InboundMode, type Received, receive } from './receive.ts'
import { ocpp201 } from './v2/protocol.ts'
import { ocpp16 } from './v16/protocol.ts'
import { type ValidationFailure, validate } from './validate.ts'
import type { OcppVersion } from './version.ts'

const PROTOCOLS: Readonly<Record<OcppVersion, Protocol>> = { 'ocpp1.6': ocpp16, 'ocpp2.0.1': ocpp201 }

export const protocolOf = (version: OcppVersion): Protocol => PROTOCOLS[version]

/** Checks an outgoing CALL's payload strictly; any action of the version's schemas will do. */
export const validateRequest = (version: OcppVersion, action: string, payload: unknown): Result<object, ValidationFailure> =>
  validate(PROTOCOLS[version], { kind: 'request', action, payload })

/** Checks the payload of an answer strictly. */
export const validateResponse = (version: OcppVersion, action: string, payload: unknown): Result<object, ValidationFailure> =>
  validate(PROTOCOLS[version], { kind: 'response', action, payload })

/** A named payload that came in. */
export interface Inbound {
  readonly action: string
  readonly payload: unknown
}
export interface InboundOptions {
  readonly mode: InboundMode
  readonly now: EpochMs
}

export const normaliseRequest = (version: OcppVersion, message: Inbound, now: EpochMs): Normalised =>
  normalise(PROTOCOLS[version], { kind: 'request', ...message }, now)

/** Normalises, where the mode is lenient, and validates a CALL that came in. */
export const receiveRequest = (version: OcppVersion, message: Inbound, options: InboundOptions): Result<Received, ValidationFailure> =>
  receive(PROTOCOLS[version], { kind: 'request', ...message }, options)

/** Normalises, where the mode is lenient, and validates the answer to a CALL of ours. */
export const receiveResponse = (version: OcppVersion, message: Inbound, options: InboundOptions): Result<Received, ValidationFailure> =>
  receive(PROTOCOLS[version], { kind: 'response', ...message }, options)

export const jsonSchemaOf = (version: OcppVersion, action: string, kind: MessageKind): JsonSchema | undefined =>
  jsonSchema(PROTOCOLS[version], action, kind)

/** One row of the list of a version's actions. */
export interface ActionEntry {
  readonly name: string
  /** Undefined for an action that has a schema but is not built here. */
  readonly direction: Direction | undefined
}
export const actionsOf = (version: OcppVersion): readonly ActionEntry[] => {
  const { messages, actions } = PROTOCOLS[version]
  return Array.from(messages.keys(), (name) => ({ name, direction: actions.get(name)?.direction }))
}

/** Whether the station may call this action: the code of the CALLERROR when not. */
export const stationMayCall = (version: OcppVersion, action: string) => callableAction(PROTOCOLS[version], action, 'fromStation')

/** Whether we may call this action of a station, or a simulated station be called. */
export const stationMayBeCalled = (version: OcppVersion, action: string) => callableAction(PROTOCOLS[version], action, 'toStation')
