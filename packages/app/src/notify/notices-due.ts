import type { WatchedSession } from '@voltway/store'
import { type EpochMs, MINUTE } from '@voltway/units'

/** What a driver is told about a session, each thing once. */
export const NOTICES = ['connected', 'started', 'almostDone', 'done', 'idleFeeBegins'] as const
export type NoticeKind = (typeof NOTICES)[number]

const ALMOST = 0.9
const NEARLY_OVER = 10 * MINUTE

const graceMsOf = (tariff: unknown): number | undefined => {
  const idle = (tariff as { idle?: { graceMinutes?: number } } | null)?.idle
  return idle ? (idle.graceMinutes ?? 0) * MINUTE : undefined
}

const almostDone = (session: WatchedSession, now: EpochMs) =>
  (session.plannedWh !== null && session.plannedWh > 0 && session.importWh >= ALMOST * session.plannedWh) ||
  (session.socPercent !== null && session.socPercent >= 100 * ALMOST) ||
  (session.reservedUntil !== null && session.reservedUntil - now <= NEARLY_OVER)

/** The notices that this session has earned by now; telling them once is the caller's part. */
export function noticesDue(session: WatchedSession, now: EpochMs): readonly NoticeKind[] {
  const open = session.endedAt === null
  const charged = session.chargingEndedAt !== null || !open
  const grace = graceMsOf(session.tariff)
  const idleFrom = open && session.chargingEndedAt !== null && grace !== undefined ? session.chargingEndedAt + grace : undefined
  const earned: Record<NoticeKind, boolean> = {
    connected: true,
    started: session.importWh > 0,
    almostDone: open && !charged && session.importWh > 0 && almostDone(session, now),
    done: charged && session.importWh > 0,
    idleFeeBegins: idleFrom !== undefined && now >= idleFrom,
  }
  return NOTICES.filter((kind) => earned[kind])
}
