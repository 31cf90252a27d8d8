import type { EpochMs } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { NodeId } from '../nodes/nodes.ts'
import { appendOutbox } from '../outbox/append-outbox.ts'
import type { Tables } from '../tables.ts'
import type { DirectoryEntry } from './find-station.ts'

export interface AskedCommand extends DirectoryEntry {
  readonly id: string
  readonly action: string
  readonly payload: unknown
  readonly requestedBy: string
  readonly requestedAt: EpochMs
  /** The node that carries it to the station: without that node's lease it has no end. */
  readonly nodeId: NodeId
}

/** Keeps that a station is being asked, before it is. */
export const insertCommand = (tx: Transaction<Tables>, command: AskedCommand) =>
  sql`
    insert into voltway.station_command (tenant_id, id, station_id, action, payload, requested_by, requested_at, state, node_id)
    values (${command.tenantId}, ${command.id}, ${command.stationId}, ${command.action}, ${JSON.stringify(command.payload)}::jsonb, ${command.requestedBy},
      ${command.requestedAt}, 'queued', ${command.nodeId})`.execute(tx)

export interface EndedCommand extends DirectoryEntry {
  readonly id: string
  readonly action: string
  readonly state: 'answered' | 'failed' | 'expired'
  readonly answer: unknown
  readonly error: string | undefined
  readonly endedAt: EpochMs
}

/** How it went, once. */
export const endCommand = async (
  tx: Transaction<Tables>,
  { tenantId, stationId, id, action, state, answer, error, endedAt }: EndedCommand,
): Promise<void> => {
  const { rows } = await sql<{ id: string }>`
    update voltway.station_command set state = ${state}, answer = ${answer === undefined ? null : JSON.stringify(answer)}::jsonb, error = ${error ?? null},
      ended_at = ${endedAt}
    where tenant_id = ${tenantId} and id = ${id} and state = 'queued'
    returning id`.execute(tx)
  if (rows.length === 0) return
  await appendOutbox(tx, tenantId, [
    { type: 'command.ended', subject: id, data: { commandId: id, stationId, action, state, error: error ?? null }, recordedAt: endedAt },
  ])
}

export interface LeftCommands {
  readonly at: EpochMs
  /** Those that were asked for before; when left out, those whose node has ended. */
  readonly askedBefore?: EpochMs
  readonly error: string
}

const whichLeft = (askedBefore: EpochMs | undefined) =>
  askedBefore === undefined
    ? sql`not exists (select from voltway.node where node.id = node_id and node.ended_at is null)`
    : sql`requested_at < ${askedBefore}::bigint`

/** Ends the commands of a tenant that are still queued although nobody waits for their answer any more. @returns how many */
export const expireLeftCommands = async (
  tx: Transaction<Tables>,
  tenantId: DirectoryEntry['tenantId'],
  { at, askedBefore, error }: LeftCommands,
): Promise<number> => {
  const { rows } = await sql<{ id: string; stationId: string; action: string }>`
    update voltway.station_command set state = 'expired', error = ${error}, ended_at = ${at}
    where tenant_id = ${tenantId} and state = 'queued' and ${whichLeft(askedBefore)}
    returning id, station_id as "stationId", action`.execute(tx)
  const ended = rows.map(({ id, stationId, action }) => ({
    type: 'command.ended',
    subject: id,
    data: { commandId: id, stationId, action, state: 'expired', error },
    recordedAt: at,
  }))
  await appendOutbox(tx, tenantId, ended)
  return ended.length
}

export interface SentFrame extends DirectoryEntry {
  readonly sentAt: EpochMs
  readonly epoch: number
  readonly messageId: string
  readonly action: string
  /** The frames as they were on the wire. */
  readonly request: string
  readonly response: string | undefined
  readonly respondedAt: EpochMs | undefined
  readonly outcome: 'result' | 'error' | 'expired'
  readonly violations: unknown
}

/** A CALL of ours beside the station's answer. */
export const insertSentFrame = (tx: Transaction<Tables>, frame: SentFrame) =>
  sql`
    insert into voltway.ocpp_message (tenant_id, station_id, received_at, epoch, direction, message_id, action, request, response, responded_at, outcome, violations)
    values (${frame.tenantId}, ${frame.stationId}, ${frame.sentAt}, ${frame.epoch}, 'O', ${frame.messageId}, ${frame.action}, ${frame.request},
      ${frame.response ?? null}, ${frame.respondedAt ?? null}, ${frame.outcome},
      ${frame.violations === undefined ? null : JSON.stringify(frame.violations)}::jsonb)`.execute(tx)
