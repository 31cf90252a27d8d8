import type { Clock, Milliseconds, TenantId } from '@voltway/units'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import type { DirectoryTables } from '../tables.ts'
import { NODE_LOCKS, type NodeId } from './nodes.ts'

export interface NodeChannelParts {
  readonly connectionString: string
  /** What is sent goes by the pool; what is heard, by a connection that does nothing else. */
  readonly directory: Kysely<DirectoryTables>
  readonly id: NodeId
  readonly number: number
  /** Real time: how long to wait before another connection is tried. */
  readonly network: Clock
  readonly log: (line: string) => void
  readonly onMail: (body: string) => void
  /** Another node has committed events of these tenants. */
  readonly onWake: (tenants: readonly TenantId[]) => void
  /** A node came or went. */
  readonly onNodes: () => void
}

/** The bus between nodes: rows are the record, notifications say that there is one. */
export interface NodeChannel {
  /** Resolves when the letter is kept for the other node. */
  readonly send: (to: NodeId, body: string) => Promise<void>
  readonly wakeOthers: (tenants: readonly TenantId[]) => Promise<void>
  /** Tells the others that a node came or went. */
  readonly announce: () => Promise<void>
  /** Fetches what a notification may not have told of, and takes the session's lock where it is not held. */
  readonly look: () => Promise<void>
  readonly close: () => Promise<void>
}

const NODES = 'voltway_nodes'
const AGAIN_AFTER = 500 as Milliseconds
/** PostgreSQL takes payloads below 8,000 bytes: tenants in one, at 37 bytes each. */
const MOST_TENANTS = 200

const channelOf = (id: NodeId) => `voltway_node_${id.replaceAll('-', '')}`

/**
 * Listens for one node, on a session that also holds the node's lock. A connection that breaks is replaced until `close`; what was
 * said meanwhile is fetched then.
 * @throws Error when the first connection cannot be made
 */
export const openNodeChannel = async (parts: NodeChannelParts): Promise<NodeChannel> => {
  const { directory, id, number, network, log, connectionString } = parts
  let client: pg.Client | undefined
  let holdsLock = false
  let closed = false
  let cancelRetry = () => {}
  let fetching: Promise<void> | undefined
  let again = false

  const fetchOnce = async () => {
    const { rows } = (await client?.query<{ id: string; body: string }>(
      'with fetched as (delete from voltway.node_mail where to_node = $1 returning id, body) select body from fetched order by id',
      [id],
    )) ?? { rows: [] }
    for (const { body } of rows) parts.onMail(body)
  }
  const fetchMail = (): Promise<void> => {
    again = true
    fetching ??= (async () => {
      try {
        while (again && !closed) {
          again = false
          await fetchOnce()
        }
      } catch (error) {
        broken(error)
      } finally {
        fetching = undefined
      }
    })()
    return fetching
  }
  const takeLock = async () => {
    if (holdsLock) return
    const result = await client?.query<{ held: boolean }>('select pg_try_advisory_lock($1::integer, $2::integer) as held', [
      NODE_LOCKS,
      number,
    ])
    holdsLock = result?.rows[0]?.held ?? false
  }
  const heard = ({ channel, payload = '' }: pg.Notification) => {
    if (channel !== NODES) return void fetchMail()
    if (payload === '') return parts.onNodes()
    const [from, ...tenants] = payload.split(' ')
    if (from !== String(number)) parts.onWake(tenants as TenantId[])
  }
  const connect = async () => {
    const fresh = new pg.Client({ connectionString, application_name: 'voltway-node', keepAlive: true, query_timeout: 10_000 })
    fresh.on('error', (error) => client === fresh && broken(error))
    fresh.on('end', () => client === fresh && broken(new Error('the connection ended')))
    fresh.on('notification', heard)
    try {
      await fresh.connect()
      await fresh.query(`listen ${channelOf(id)}; listen ${NODES}`)
    } catch (error) {
      await fresh.end().catch(() => undefined)
      throw error
    }
    if (closed) return fresh.end()
    client = fresh
    await takeLock()
  }
  const retry = () => {
    cancelRetry = network.after(AGAIN_AFTER, () => {
      connect().then(() => {
        parts.onNodes()
        return fetchMail()
      }, retry)
    })
  }
  const broken = (error: unknown) => {
    const old = client
    if (!old || closed) return
    client = undefined
    holdsLock = false
    log(`the connection on which this node listens broke: ${error instanceof Error ? error.message : String(error)}`)
    old.end().catch(() => undefined)
    retry()
  }

  const notify = (channel: string, payload: string) => sql`select pg_notify(${channel}, ${payload})`.execute(directory)
  await connect()
  return {
    send: async (to, body) => {
      await sql`with kept as (insert into voltway.node_mail (to_node, body) values (${to}, ${body})) select pg_notify(${channelOf(to)}, '')`.execute(
        directory,
      )
    },
    wakeOthers: async (tenants) => {
      for (let first = 0; first < tenants.length; first += MOST_TENANTS)
        await notify(NODES, [number, ...tenants.slice(first, first + MOST_TENANTS)].join(' '))
    },
    announce: async () => {
      await notify(NODES, '')
    },
    look: async () => {
      if (client) await takeLock().catch(broken)
      await fetchMail()
    },
    close: async () => {
      closed = true
      cancelRetry()
      await fetching
      await client?.end().catch(() => undefined)
    },
  }
}
