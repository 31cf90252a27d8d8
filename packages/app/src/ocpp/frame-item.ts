import type { IngestItem, StoredFact } from '@voltway/store'
import type { EpochMs } from '@voltway/units'
import { hashIdToken, lastFourOf } from '../identity/hash-id-token.ts'
import type { DecidedFact } from './handler.ts'
import type { Link } from './link-services.ts'
import { maskFrame } from './mask-tokens.ts'

export interface HeardFrame {
  readonly raw: string
  readonly receivedAt: EpochMs
  readonly messageId: string
  /** Empty for a frame that could not be read. */
  readonly action: string
  readonly response: string | undefined
  readonly outcome: 'result' | 'error'
  readonly violations: readonly unknown[]
}

/** Kept of a frame at most, and of the names in it. */
const MOST_KEPT = 64 * 1024
const MOST_NAME = 255

/** What a frame becomes in the database: the frame as it was, tokens masked, and the facts in it, tokens hashed. */
export function frameItem({ station, epoch, services }: Link, heard: HeardFrame, facts: readonly DecidedFact[] = []): IngestItem {
  const { raw, receivedAt, messageId, action, response, outcome, violations } = heard
  return {
    tenantId: station.tenantId,
    stationId: station.stationId,
    frame: {
      epoch,
      messageId: storable(messageId, MOST_NAME),
      action: storable(action, MOST_NAME),
      receivedAt,
      request: maskFrame(storable(raw, MOST_KEPT)),
      response: response === undefined ? undefined : maskFrame(response),
      outcome,
      violations: violations.length === 0 ? undefined : violations,
    },
    facts: facts.map((fact) => storedFact(fact, services.hmacKey)),
  }
}

/** PostgreSQL holds neither NUL nor halves of characters. */
const storable = (text: string, most: number) => text.slice(0, most).replaceAll('\0', '\ufffd').toWellFormed()

function storedFact(fact: DecidedFact, hmacKey: Uint8Array): StoredFact {
  if (fact.kind !== 'transaction.started' && fact.kind !== 'transaction.updated' && fact.kind !== 'transaction.ended') return fact
  const { idToken, ...step } = fact
  return idToken === undefined ? step : { ...step, idTokenHash: hashIdToken(idToken, hmacKey), idTokenLastFour: lastFourOf(idToken) }
}
