import { tableLines } from '../print-table.ts'
import { money } from '../quantities.ts'
import type { Comparison } from './compare-session.ts'
import type { ReplayOutcome } from './run-replay.ts'

const MOST_DIFFERENCES = 20

/** What a replay came to, in figures; micros as a decimal string. */
export interface ReplaySummary {
  readonly played: number
  readonly matched: number
  readonly differing: number
  readonly energyWh: number
  readonly revenue: { readonly currency: string; readonly micros: string }
  readonly wallSeconds: number
  readonly speedUp: number
}

const isMatch = ({ differences }: Comparison): boolean => differences.length === 0

export const summaryOf = ({ sessions, currency, ...outcome }: ReplayOutcome): ReplaySummary => {
  const wallSeconds = (outcome.startedMs + outcome.playedMs + outcome.billedMs + outcome.comparedMs) / 1_000
  const billed = sessions.filter(({ receiptNumber }) => receiptNumber !== undefined)
  return {
    played: sessions.length,
    matched: sessions.filter(isMatch).length,
    differing: sessions.filter((session) => !isMatch(session)).length,
    energyWh: billed.reduce((sum, { energyWh }) => sum + energyWh, 0),
    revenue: { currency, micros: billed.reduce((sum, { costMicros }) => sum + BigInt(costMicros), 0n).toString() },
    wallSeconds,
    speedUp: outcome.recordedMs / 1_000 / wallSeconds,
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

const rejectedText = ({ rejected }: ReplayOutcome): string => {
  const reasons = Map.groupBy(rejected, ({ reason }) => reason)
  const list = [...reasons].map(([reason, rows]) => `${rows.length} ${reason} (line ${rows[0]?.line ?? '?'}${rows.length > 1 ? ' …' : ''})`)
  return rejected.length === 0 ? '0' : list.join(', ')
}

/** The outcome as lines for a person: figures, then what differs. */
export const reportLines = (outcome: ReplayOutcome): readonly string[] => {
  const summary = summaryOf(outcome)
  const { startedMs, playedMs, billedMs, comparedMs } = outcome
  const figures = tableLines(
    ['Replay', ''],
    [
      ['Recording', `${outcome.from} to ${outcome.until}`],
      ['Stations', String(outcome.stations)],
      ['Sessions played', String(summary.played)],
      ['Receipts that match', String(summary.matched)],
      ['Receipts that differ', String(summary.differing)],
      ['Overlaps, played on a lane of their own', String(outcome.overlaps.length)],
      ['Rows that cannot be read', rejectedText(outcome)],
      ['Energy', `${(summary.energyWh / 1_000).toFixed(3)} kWh`],
      ['Revenue', money(summary.revenue)],
      [
        'Wall time',
        `${seconds(summary.wallSeconds * 1_000)} (start ${seconds(startedMs)}, play ${seconds(playedMs)}, bill ${seconds(billedMs)}, compare ${seconds(comparedMs)})`,
      ],
      ['Speed-up', `x${Math.round(summary.speedUp)}`],
    ],
  )
  const differing = outcome.sessions.filter((session) => !isMatch(session))
  const shown = differing
    .slice(0, MOST_DIFFERENCES)
    .map(({ sessionId, station, startedAt, differences }) => [sessionId, station, startedAt, differences.join('; ')])
  const more = differing.length - shown.length
  return [
    ...figures,
    ...(shown.length > 0 ? ['', ...tableLines(['Differs', 'Station', 'Started', 'Why'], shown)] : []),
    ...(more > 0 ? [`and ${more} more: --json has them all.`] : []),
  ]
}
