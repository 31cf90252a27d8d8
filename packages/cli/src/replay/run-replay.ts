import type { Tariff } from '@voltway/domain/tariffs'
import { type RecordedOverlap, type ReplayProgress, type ReplayReport, replay, systemClock } from '@voltway/sim'
import { isoOf } from '@voltway/units'
import { type Comparison, compareSession } from './compare-session.ts'
import { fetchReceipts, sessionKey } from './fetch-receipts.ts'
import type { LoadedRecording } from './load-recording.ts'
import { type ReplayServer, type ReplayServerOptions, startReplayServer } from './replay-server.ts'
import { tariffIn } from './replay-tariff.ts'
import { watchBills } from './until-billed.ts'

export interface ReplayRunOptions extends Omit<ReplayServerOptions, 'zoneOf'> {
  readonly recording: LoadedRecording
  /** Recorded seconds in a real one, or as fast as the links acknowledge. */
  readonly speed: number | 'max'
  readonly tariff: Tariff
  readonly progress: (text: string) => void
  /** Is given the server as soon as it is there, so that an impatient caller can end it. */
  readonly onServer?: (server: ReplayServer) => void
}

/** What a replay came to; times are real milliseconds. */
export interface ReplayOutcome {
  readonly sessions: readonly Comparison[]
  readonly stations: number
  readonly overlaps: readonly RecordedOverlap[]
  readonly rejected: LoadedRecording['rejected']
  readonly currency: string
  readonly from: string
  readonly until: string
  readonly recordedMs: number
  readonly startedMs: number
  readonly playedMs: number
  readonly billedMs: number
  readonly comparedMs: number
}
export interface FinishedReplay {
  readonly outcome: ReplayOutcome
  /** Still serving what was played. */
  readonly server: ReplayServer
}

const METER_INTERVAL_SECONDS = 900
const PROGRESS_EVERY_MS = 2_000

/** Says how far the replay is, now and then and at the end. */
const teller = (say: (text: string) => void) => {
  let last = 0
  return ({ played, total, at }: ReplayProgress): void => {
    const now = systemClock.now()
    if (played < total && now - last < PROGRESS_EVERY_MS) return
    last = now
    say(`  ${played} of ${total} sessions played, the recording's clock shows ${isoOf(at)}`)
  }
}

const compareAll = async (played: ReplayReport, server: ReplayServer, { recording, tariff }: ReplayRunOptions) => {
  const receipts = await fetchReceipts(server.api)
  return played.plan.sessions.map(({ session, identity }, index) =>
    compareSession({
      recorded: session,
      played: played.sessions[index]!,
      billed: receipts.get(sessionKey(server.stationIds.get(identity) ?? '', isoOf(session.arrival))),
      tariff: tariffIn(tariff, recording.zoneOf(session.site)),
      intervalMs: METER_INTERVAL_SECONDS * 1_000,
    }),
  )
}

/**
 * Plays a recording through OCPP links into a server of its own, waits for the bills, and holds each receipt against the recording.
 * Stations speak 1.6 and 2.0.1 by turns. The caller closes the server.
 */
export const runReplay = async (options: ReplayRunOptions): Promise<FinishedReplay> => {
  const { recording, speed, progress } = options
  const began = systemClock.now()
  let server: ReplayServer | undefined
  let bills: ReturnType<typeof watchBills> | undefined
  let ready = began
  try {
    const played = await replay({
      sessions: recording.sessions,
      speed,
      meterIntervalSeconds: METER_INTERVAL_SECONDS,
      version: ({ identity }) => (Number(/^R(\d+)/.exec(identity)?.[1]) % 2 === 0 ? 'ocpp2.0.1' : 'ocpp1.6'),
      provision: async (plan, clock) => {
        server = await startReplayServer(plan, clock, { ...options, zoneOf: recording.zoneOf })
        options.onServer?.(server)
        bills = watchBills(server)
        ready = systemClock.now()
        progress(`  ${server.server.url} serves ${plan.stations.length} stations and ${plan.cards.length} cards of the recording`)
        return server
      },
      progress: teller(progress),
    })
    if (!server || !bills) throw new Error('the replay ended without a server')
    const playedAt = systemClock.now()
    await bills.reach(played.sessions.length)
    bills.stop()
    const billedAt = systemClock.now()
    progress(`  ${bills.settled()} sessions billed or held`)
    const sessions = await compareAll(played, server, options)
    const { plan } = played
    const outcome: ReplayOutcome = {
      sessions,
      stations: plan.stations.length,
      overlaps: plan.overlaps,
      rejected: recording.rejected,
      currency: options.tariff.currency,
      from: isoOf(plan.startAt),
      until: isoOf(plan.endAt),
      recordedMs: plan.endAt - plan.startAt,
      startedMs: ready - began,
      playedMs: playedAt - ready,
      billedMs: billedAt - playedAt,
      comparedMs: systemClock.now() - billedAt,
    }
    return { outcome, server }
  } catch (error) {
    bills?.stop()
    await server?.close()
    throw error
  }
}
