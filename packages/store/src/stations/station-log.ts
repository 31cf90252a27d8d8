import type { ChargingStationId, EpochMs, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface MessageRow {
  readonly id: number
  readonly receivedAt: EpochMs
  readonly direction: 'I' | 'O'
  readonly action: string
  readonly messageId: string
  readonly request: string
  readonly response: string | null
  readonly outcome: string
  readonly violations: unknown
}

export interface MessageFilter {
  readonly stationId: ChargingStationId
  readonly action?: string | undefined
  readonly direction?: 'I' | 'O' | undefined
  /** Only errors, expiries and frames with violations. */
  readonly inError?: boolean | undefined
  readonly before?: { readonly at: number; readonly id: number } | undefined
  readonly limit: number
}

/** Raw frames of a station, newest first. */
export const listMessages = async (tx: Transaction<Tables>, tenantId: TenantId, filter: MessageFilter): Promise<readonly MessageRow[]> => {
  const { rows } = await sql<MessageRow>`
    select id, received_at as "receivedAt", direction, action, message_id as "messageId", request, response, outcome, violations
    from voltway.ocpp_message
    where tenant_id = ${tenantId} and station_id = ${filter.stationId}
      and (${filter.action ?? null}::text is null or action = ${filter.action ?? null}::text)
      and (${filter.direction ?? null}::text is null or direction = ${filter.direction ?? null}::text)
      and (not ${filter.inError ?? false}::boolean or outcome in ('error', 'expired') or violations is not null)
      and (${filter.before?.at ?? null}::bigint is null
        or (received_at, id) < (${filter.before?.at ?? null}::bigint, ${filter.before?.id ?? null}::bigint))
    order by received_at desc, id desc
    limit ${filter.limit}`.execute(tx)
  return rows
}

export interface CommandRow {
  readonly id: string
  readonly action: string
  readonly payload: unknown
  readonly requestedBy: string
  readonly requestedAt: EpochMs
  readonly state: string
  readonly answer: unknown
  readonly error: string | null
  readonly endedAt: EpochMs | null
}

/** What we asked of a station, newest first. */
export const listCommands = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  {
    stationId,
    inError,
    before,
    limit,
  }: {
    readonly stationId: ChargingStationId
    /** Only those that failed or were not answered in time. */
    readonly inError?: boolean | undefined
    readonly before?: { readonly at: number; readonly id: string } | undefined
    readonly limit: number
  },
): Promise<readonly CommandRow[]> => {
  const { rows } = await sql<CommandRow>`
    select id, action, payload, requested_by as "requestedBy", requested_at as "requestedAt", state, answer, error, ended_at as "endedAt"
    from voltway.station_command
    where tenant_id = ${tenantId} and station_id = ${stationId}
      and (not ${inError ?? false}::boolean or state in ('failed', 'expired'))
      and (${before?.at ?? null}::bigint is null or (requested_at, id) < (${before?.at ?? null}::bigint, ${before?.id ?? null}::uuid))
    order by requested_at desc, id desc
    limit ${limit}`.execute(tx)
  return rows
}

export interface VariableRow {
  readonly component: string
  readonly instance: string
  readonly evse: number
  readonly variable: string
  readonly value: string | null
  readonly mutability: string | null
  readonly reportedAt: EpochMs
}

/** 1.6 configuration keys and 2.x variables, as last reported. */
export const listVariables = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  stationId: ChargingStationId,
): Promise<readonly VariableRow[]> => {
  const { rows } = await sql<VariableRow>`
    select component, instance, evse, variable, value, mutability, reported_at as "reportedAt"
    from voltway.station_variable
    where tenant_id = ${tenantId} and station_id = ${stationId}
    order by component, instance, evse, variable`.execute(tx)
  return rows
}
