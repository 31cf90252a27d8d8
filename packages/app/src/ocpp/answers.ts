import type { ChargingStationId } from '@voltway/units'

interface Answered {
  readonly messageId: string
  readonly payloadHash: string
  readonly frame: string
}

/** Answers kept for one station. */
const KEPT = 8

/**
 * The last answers given to each station, so that a CALL which is sent again, also over a new link, gets the answer it got. Only
 * CALLs that carried facts are kept: asking the time twice must give two times.
 */
export class Answers {
  readonly #kept = new Map<ChargingStationId, Answered[]>()

  find(station: ChargingStationId, messageId: string, payloadHash: string): string | undefined {
    return this.#kept.get(station)?.find((one) => one.messageId === messageId && one.payloadHash === payloadHash)?.frame
  }

  /** Whether this id was used for another payload a short while ago. */
  isReused(station: ChargingStationId, messageId: string, payloadHash: string): boolean {
    return this.#kept.get(station)?.some((one) => one.messageId === messageId && one.payloadHash !== payloadHash) ?? false
  }

  keep(station: ChargingStationId, answered: Answered) {
    const kept = this.#kept.get(station) ?? []
    kept.push(answered)
    if (kept.length > KEPT) kept.shift()
    this.#kept.set(station, kept)
  }
}
