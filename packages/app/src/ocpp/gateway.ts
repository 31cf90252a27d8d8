import { type Database, endCommand, insertCommand, insertSentFrame } from '@voltway/store'
import { type Clock, type EpochMs, epochMs, milliseconds, type RandomBytes, type TenantId, uuidv7 } from '@voltway/units'
import { callableAction, encodeCall, receiveResponse, validateRequest } from '@voltway/wire/ocpp'
import type { Log } from '../log.ts'
import type { CallCounts } from '../metrics/count-calls.ts'
import type { Node } from '../nodes/node.ts'
import type { IntentCommand } from './commands/intent-command.ts'
import { readCapabilities } from './discovery.ts'
import type { Link } from './link-services.ts'
import type { Links } from './links.ts'
import { maskFrame, maskPayload } from './mask-tokens.ts'
import type { SlotOutcome } from './outbound-slot.ts'
import type {
  CallOptions,
  CommandIssue,
  CommandOutcome,
  IntentOutcome,
  JsonObject,
  StationGateway,
  StationIntent,
  StationTarget,
} from './station-gateway.ts'

export type * from './station-gateway.ts'

export const ANSWER_WITHIN = 30_000
/** What a caller may ask for at most; a station that takes longer has an expired command. */
export const LONGEST_WAIT = 300_000

export interface GatewayServices {
  readonly clock: Clock
  readonly network: Clock
  readonly random: RandomBytes
  readonly log: Log
  readonly db: Database
  readonly links: Links<Link>
  readonly node: Pick<Node, 'id'>
  readonly calls: Pick<CallCounts, 'count'>
  /** Called when the end of a command was written. */
  readonly onWritten: (tenantId: TenantId) => void
}

/** The way to the stations that are linked to this node. */
export function createGateway(services: GatewayServices): StationGateway {
  const { links } = services
  /** A station is found by its id and its tenant, never by its id alone. */
  const linkTo = ({ tenantId, stationId }: StationTarget): Link | undefined => {
    const link = links.get(stationId)
    return link?.isOpen && link.station.tenantId === tenantId ? link : undefined
  }
  const call = async (target: StationTarget, action: string, payload: JsonObject, options: CallOptions): Promise<CommandOutcome> => {
    const link = linkTo(target)
    if (!link) return { outcome: 'offline' }
    const issues = issuesOf(link, action, payload)
    return issues.length > 0 ? { outcome: 'invalid', issues } : send(services, link, { action, payload, ...options })
  }
  return {
    call,
    perform: async (target, intent, requestedBy) => {
      const link = linkTo(target)
      if (!link) return { accepted: false, reason: 'offline' }
      return perform(services, link, intent, (action, payload) => call(target, action, payload, { requestedBy }))
    },
    linkOf: async (target) => {
      const link = linkTo(target)
      return link && { version: link.room.version, epoch: link.epoch, connectedAt: link.connectedAt }
    },
    linksOf: async (tenantId) => (stationId) => linkTo({ tenantId, stationId }) !== undefined,
    disconnect: (stationId, reason) => links.get(stationId)?.close(1000, reason),
  }
}

/** Strict out: what is not in the schema, or more than the station can take, is not sent. */
function issuesOf({ room, capabilities }: Link, action: string, payload: JsonObject): readonly CommandIssue[] {
  const callable = callableAction(room.protocol, action, 'toStation')
  if (!callable.ok) return [{ path: '', message: `${action} is not a command of ${room.version} that this server knows` }]
  const valid = validateRequest(room.version, action, payload)
  if (!valid.ok)
    return valid.failure.issues.length > 0
      ? valid.failure.issues.map(({ path, message }) => ({ path, message }))
      : [{ path: '', message: valid.failure.description }]
  return room.beyondLimits(action, payload, capabilities)
}

interface Sending extends CallOptions {
  readonly action: string
  readonly payload: JsonObject
}

async function send(
  services: GatewayServices,
  link: Link,
  { action, payload, requestedBy, timeoutMs = ANSWER_WITHIN }: Sending,
): Promise<CommandOutcome> {
  const { clock, network, random, db, node, calls } = services
  const { station, room } = link
  const id = uuidv7(clock.now(), random)
  const command = { ...station, id, action }
  const requestedAt = clock.now()
  await db.inTenant(station.tenantId, (tx) =>
    insertCommand(tx, { ...command, payload: maskPayload(payload), requestedBy, requestedAt, nodeId: node.id() }),
  )
  const timeout = milliseconds(Math.min(Math.max(timeoutMs, 1), LONGEST_WAIT))
  const askedAt = network.now()
  const ended = await link.slot.call({ messageId: id, frame: encodeCall(id, action, payload), timeout })
  // The action is in the schemas: it was looked up before.
  calls.count({ action, direction: 'out', outcome: COUNTED[ended.outcome], milliseconds: network.now() - askedAt })
  const outcome = outcomeOf(ended)
  const violations = ended.outcome === 'answered' ? flawsOf(room.version, action, ended.payload, clock.now()) : undefined
  await keep(services, link, { id, action, ended, outcome, violations })
  return outcome
}

const COUNTED = { answered: 'result', error: 'error', expired: 'expired', offline: 'offline' } as const

function outcomeOf(ended: SlotOutcome): CommandOutcome {
  if (ended.outcome === 'answered') return { outcome: 'answered', response: isObject(ended.payload) ? ended.payload : {} }
  if (ended.outcome === 'error') return { outcome: 'error', code: ended.code, description: ended.description }
  return ended.outcome === 'expired' ? { outcome: 'expired', afterMs: ended.afterMs } : { outcome: 'offline' }
}

/** What is wrong with an answer is kept beside it; the caller gets it all the same. */
function flawsOf(version: Link['room']['version'], action: string, payload: unknown, now: EpochMs): readonly unknown[] | undefined {
  const received = receiveResponse(version, { action, payload }, { mode: 'lenient', now })
  const flaws = received.ok ? received.value.violations : received.failure.issues
  return flaws.length > 0 ? flaws : undefined
}

interface Ended {
  readonly id: string
  readonly action: string
  readonly ended: SlotOutcome
  readonly outcome: CommandOutcome
  readonly violations: readonly unknown[] | undefined
}

const STATE = { answered: 'answered', error: 'failed', offline: 'failed', invalid: 'failed', expired: 'expired' } as const

/** Writes how a command went, beside both frames. The caller's answer does not depend on it. */
async function keep(
  { clock, network, db, log, onWritten }: GatewayServices,
  { station, epoch }: Link,
  { id, action, ended, outcome, violations }: Ended,
): Promise<void> {
  const endedAt = clock.now()
  const frames = ended.outcome === 'offline' ? undefined : ended.frames
  try {
    await db.inTenant(station.tenantId, async (tx) => {
      const error =
        outcome.outcome === 'answered'
          ? undefined
          : outcome.outcome === 'error'
            ? `${outcome.code}: ${outcome.description}`
            : outcome.outcome
      const answer = outcome.outcome === 'answered' ? maskPayload(outcome.response) : undefined
      await endCommand(tx, {
        ...station,
        id,
        action,
        state: STATE[outcome.outcome],
        answer,
        error: error?.slice(0, 1_000).replaceAll('\0', '').toWellFormed(),
        endedAt,
      })
      if (!frames) return
      const sentAt = epochMs(endedAt - (network.now() - frames.sentAt))
      const kind = ended.outcome === 'answered' ? 'result' : ended.outcome === 'expired' ? 'expired' : 'error'
      const { messageId, request, response } = frames
      await insertSentFrame(tx, {
        ...station,
        sentAt,
        epoch,
        messageId,
        action,
        request: maskFrame(request),
        response: response && maskFrame(response).replaceAll('\0', '').toWellFormed(),
        respondedAt: response === undefined ? undefined : endedAt,
        outcome: kind,
        violations,
      })
    })
    onWritten(station.tenantId)
  } catch (error) {
    log.error('the end of a command could not be written', { stationId: station.stationId, action, error })
  }
}

/** `payload` -> the station's answer, in words of no version. */
async function perform(
  { random }: GatewayServices,
  link: Link,
  intent: StationIntent,
  call: (action: string, payload: JsonObject) => Promise<CommandOutcome>,
): Promise<IntentOutcome> {
  const command = commandOf(link, intent)
  const wire = command.toCall(intent, { capabilities: readCapabilities(link.capabilities), random })
  if ('refused' in wire) return { accepted: false, reason: wire.refused }
  const ended = await call(wire.action, wire.payload)
  switch (ended.outcome) {
    case 'answered':
      return command.read(ended.response)
    case 'error':
      return { accepted: false, reason: `${ended.code}: ${ended.description}` }
    case 'invalid':
      return { accepted: false, reason: ended.issues.map(({ path, message }) => `${path} ${message}`).join('; ') }
    default:
      return { accepted: false, reason: ended.outcome }
  }
}

/** The table has for each kind a command of that kind, which the compiler cannot follow through a union. */
const commandOf = ({ room }: Link, { kind }: StationIntent): IntentCommand => room.commands[kind] as IntentCommand

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
