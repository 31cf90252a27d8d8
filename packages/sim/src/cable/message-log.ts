import type { EpochMs } from '@voltway/units'
import type { TransportEvent } from '@voltway/vehicle/transport'
import type { CableMessage } from './cable.ts'

const LOG_LENGTH = 60

/** A loop is a request and its answer, said again and again: only how often is of interest. */
const isSaidAgain = (log: readonly CableMessage[], message: string) => log.at(-2)?.message === message && log.length >= 2

/** The messages on a cable as a view shows them; the latest are kept. */
export const messageLog = (now: () => EpochMs) => {
  let log: CableMessage[] = []
  return {
    /** @returns whether something is to be shown that was not before */
    add: (event: TransportEvent): boolean => {
      if (event.kind !== 'message') return false
      const { message, responseCode } = event
      const from = event.from === 'evcc' ? 'EV' : 'SECC'
      const before = log.at(-2)
      if (before && isSaidAgain(log, message) && before.responseCode === responseCode) {
        log = log.toSpliced(-2, 1, { ...before, times: before.times + 1 })
        // Request and answer stay in their order.
        const [again, other] = [log.at(-2)!, log.at(-1)!]
        log = [...log.slice(0, -2), other, { ...again, at: now() }]
        return false
      }
      log = [...log, { at: now(), from, message, ...(responseCode !== undefined && { responseCode }), times: 1 } as const].slice(
        -LOG_LENGTH,
      )
      return true
    },
    all: (): readonly CableMessage[] => log,
  }
}
