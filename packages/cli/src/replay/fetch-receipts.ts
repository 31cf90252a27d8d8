import type { Api } from '../api/api.ts'
import { listAll } from '../api/list-all.ts'
import { at, type JsonObject } from '../json.ts'

/** A session as the server's API tells it, with its receipt where it has one. */
export interface BilledSession {
  readonly session: JsonObject
  readonly receipt: JsonObject | undefined
}

const AT_ONCE = 4

/** How a session is found again: by its station and the moment of its start. */
export const sessionKey = (stationId: string, startedAt: string): string => `${stationId} ${startedAt}`

/** Every session of a server with its receipt, by `sessionKey`. */
export const fetchReceipts = async (api: Api): Promise<ReadonlyMap<string, BilledSession>> => {
  const sessions = await listAll(api, '/sessions', { limit: Number.MAX_SAFE_INTEGER })
  const found = new Map<string, BilledSession>()
  const waiting = sessions.values()
  const work = async (): Promise<void> => {
    for (const session of waiting) {
      const receipt = session.state === 'billed' ? await api.get(`/sessions/${String(session.id)}/receipt`) : undefined
      found.set(sessionKey(String(at(session, 'stationId')), String(at(session, 'startedAt'))), { session, receipt })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return found
}
