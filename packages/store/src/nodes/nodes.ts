import type { EpochMs, Id } from '@voltway/units'
import { type Kysely, sql } from 'kysely'
import type { DirectoryTables } from '../tables.ts'

/** One lease of one server process. */
export type NodeId = Id<'Node'>

export interface NewNode {
  readonly id: NodeId
  /** For people; not unique. */
  readonly name: string
  readonly secretCheck: string
  readonly leaseMs: number
  readonly at: EpochMs
}

/** Enters a node. @returns the number of the lock that its session is to hold */
export const insertNode = async (directory: Kysely<DirectoryTables>, { id, name, secretCheck, leaseMs, at }: NewNode): Promise<number> => {
  const { rows } = await sql<{ number: number }>`
    insert into voltway.node (id, name, secret_check, lease_ms, started_at, renewed_at)
    values (${id}, ${name}, ${secretCheck}, ${leaseMs}, ${at}, ${at}) returning number`.execute(directory)
  return rows[0]!.number
}

/** @returns false when the lease was taken away */
export const renewNode = async (directory: Kysely<DirectoryTables>, id: NodeId, at: EpochMs): Promise<boolean> => {
  const { rows } = await sql<{ id: NodeId }>`
    update voltway.node set renewals = renewals + 1, renewed_at = ${at} where id = ${id} and ended_at is null returning id`.execute(
    directory,
  )
  return rows.length > 0
}

export interface OtherNode {
  readonly id: NodeId
  readonly number: number
  readonly name: string
  readonly secretCheck: string
  readonly leaseMs: number
  readonly renewals: number
  readonly startedAt: EpochMs
  readonly renewedAt: EpochMs
  readonly endedAt: EpochMs | null
}

/** Every other node that lives, or that has ended and left something to be put right. */
export const otherNodes = async (directory: Kysely<DirectoryTables>, self: NodeId | undefined): Promise<readonly OtherNode[]> => {
  const { rows } = await sql<OtherNode>`
    select id, number, name, secret_check as "secretCheck", lease_ms as "leaseMs", renewals, started_at as "startedAt", renewed_at as "renewedAt",
      ended_at as "endedAt"
    from voltway.node where settled_at is null and id is distinct from ${self ?? null}::uuid order by number`.execute(directory)
  return rows
}

export interface NodeEnd {
  readonly id: NodeId
  /** Only if it has not renewed its lease since it was looked at; in any case when left out. */
  readonly renewals?: number
  readonly at: EpochMs
  readonly reason: string
}

/**
 * Ends a lease. Waits for links that are beginning under it, and none begins after it.
 * @returns whether it was this that ended it
 */
export const endNode = async (directory: Kysely<DirectoryTables>, { id, renewals, at, reason }: NodeEnd): Promise<boolean> => {
  const { rows } = await sql<{ id: NodeId }>`
    with living as (
      select id from voltway.node
      where id = ${id} and ended_at is null and (${renewals ?? null}::bigint is null or renewals = ${renewals ?? null}::bigint) for update
    )
    update voltway.node set ended_at = ${at}, end_reason = ${reason} from living where node.id = living.id returning node.id`.execute(
    directory,
  )
  return rows.length > 0
}

/** Everything that an ended node held has been put right: nobody needs to look at it again. */
export const settleNode = async (directory: Kysely<DirectoryTables>, id: NodeId, at: EpochMs): Promise<void> => {
  await sql`update voltway.node set settled_at = ${at} where id = ${id} and ended_at is not null`.execute(directory)
  await sql`delete from voltway.node_mail where to_node = ${id}`.execute(directory)
}

/** Forgets nodes that were settled before an instant. */
export const forgetNodes = (directory: Kysely<DirectoryTables>, before: EpochMs) =>
  sql`delete from voltway.node where settled_at < ${before}`.execute(directory)

/** Of advisory locks: nodes, by their number. */
export const NODE_LOCKS = 865_177

/** Whether a node's session holds its lock: without it nobody listens there, whatever its lease says. */
export const isListening = async (directory: Kysely<DirectoryTables>, number: number): Promise<boolean> => {
  const { rows } = await sql<{
    free: boolean
  }>`select pg_try_advisory_xact_lock_shared(${NODE_LOCKS}::integer, ${number}::integer) as free`.execute(directory)
  return !rows[0]!.free
}
