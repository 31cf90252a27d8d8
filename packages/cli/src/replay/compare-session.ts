import { costOf, type Tariff } from '@voltway/domain/tariffs'
import type { PlayedSession, RecordedSession } from '@voltway/sim'
import { isoOf } from '@voltway/units'
import { at, show } from '../json.ts'
import type { BilledSession } from './fetch-receipts.ts'
import { recordedUsage } from './recorded-usage.ts'

/** One recorded session beside its receipt. */
export interface Comparison {
  readonly sessionId: string
  readonly station: string
  readonly startedAt: string
  readonly energyWh: number
  readonly seconds: number
  /** Decimal millionths of the tariff's currency, from the recording. */
  readonly costMicros: string
  readonly receiptNumber: number | undefined
  /** What differs, each as a sentence; nothing when the receipt says what was recorded. */
  readonly differences: readonly string[]
}
export interface Pair {
  readonly recorded: RecordedSession
  readonly played: PlayedSession
  readonly billed: BilledSession | undefined
  /** In the site's zone. */
  readonly tariff: Tariff
  readonly intervalMs: number
}

const notBilled = ({ played, billed }: Pair): string => {
  if (played.outcome === 'refused') return `the station refused it: ${played.refusal ?? 'no transaction began'}`
  if (!billed) return 'the server knows no such session'
  const reasons = billed.session.heldReasons
  const why = Array.isArray(reasons) && reasons.length > 0 ? `: ${reasons.map(show).join(', ')}` : ''
  return `it was not billed: its state is ${show(billed.session.state)}${why}`
}

/** Holds a receipt against what the recording alone says it has to be: energy in Wh, duration in seconds, cost in coins. */
export const compareSession = (pair: Pair): Comparison => {
  const { recorded, played, billed, tariff, intervalMs } = pair
  const cost = costOf(tariff, recordedUsage(recorded, intervalMs))
  const receipt = billed?.receipt
  const expected: readonly (readonly [what: string, path: string, value: string | number])[] = [
    ['the energy in Wh', 'importWh', recorded.energyWh],
    ['the duration in seconds', 'connectedSeconds', Math.round((recorded.departure - recorded.arrival) / 1_000)],
    ['the start', 'startedAt', isoOf(recorded.arrival)],
    ['the end', 'endedAt', isoOf(recorded.departure)],
    ['the cost in millionths', 'cost.total.micros', cost.totalMicros.toString()],
  ]
  const differences = receipt
    ? expected.flatMap(([what, path, value]) => {
        const found = at(receipt, path)
        return found === value ? [] : [`${what}: ${show(found)} on the receipt, ${value} by the recording`]
      })
    : [notBilled(pair)]
  const live = billed && at(billed.session, 'cost.total.micros')
  const last = receipt && at(receipt, 'cost.total.micros')
  if (receipt && live !== last) differences.push(`the cost in millionths: ${show(last)} on the receipt, ${show(live)} on the live display`)
  return {
    sessionId: recorded.id,
    station: played.identity,
    startedAt: isoOf(recorded.arrival),
    energyWh: recorded.energyWh,
    seconds: Math.round((recorded.departure - recorded.arrival) / 1_000),
    costMicros: cost.totalMicros.toString(),
    receiptNumber: typeof receipt?.number === 'number' ? receipt.number : undefined,
    differences,
  }
}
