import type { EpochMs } from '@voltway/units'
import { type Kysely, sql } from 'kysely'
import type { DirectoryTables } from '../tables.ts'
import type { NodeId } from './nodes.ts'

/** Takes a duty that nobody holds, or whose holder's lease has ended. @returns whether the node holds it now */
export const takeDuty = async (
  directory: Kysely<DirectoryTables>,
  duty: string,
  { nodeId, at }: { readonly nodeId: NodeId; readonly at: EpochMs },
): Promise<boolean> => {
  const { rows } = await sql<{ held: boolean }>`
    with taken as (
      insert into voltway.node_duty (duty, node_id, taken_at)
      select ${duty}, id, ${at}::bigint from voltway.node where id = ${nodeId} and ended_at is null
      on conflict (duty) do update set node_id = excluded.node_id, taken_at = excluded.taken_at
      where not exists (select from voltway.node holder where holder.id = node_duty.node_id and holder.ended_at is null)
      returning node_id
    )
    select exists (select from taken) or exists (select from voltway.node_duty where duty = ${duty} and node_id = ${nodeId}) as held`.execute(
    directory,
  )
  return rows[0]!.held
}

export const giveUpDuties = (directory: Kysely<DirectoryTables>, nodeId: NodeId) =>
  sql`delete from voltway.node_duty where node_id = ${nodeId}`.execute(directory)
