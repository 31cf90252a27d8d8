import type { EpochMs } from '@voltway/units'
import type { TransportEvent } from '@voltway/vehicle/transport'
import type { CableMessage } from './cable.ts'

const LOG_LENGTH = 60

const nameOf = ({ from }: TransportEvent): CableMessage['from'] => (from === 'evcc' ? 'EV' : 'SECC')

/** The messages on a cable as a view shows them; the latest are kept. A loop is a request and its answer, said again: it is counted. */
export const messageLog = (now: () => EpochMs) => {
  let log: readonly CableMessage[] = []
  return {
    /** @returns whether something is to be shown that was not before */
    add: (event: TransportEvent): boolean => {
      if (event.kind === 'deviation') {
        const { message, code, what } = event
        log = [...log, { at: now(), from: nameOf(event), message, deviation: `${code}: ${what}`, times: 1 } as const].slice(-LOG_LENGTH)
        return true
      }
      if (event.kind !== 'message') return false
      const { message, responseCode } = event
      const [before, last] = log.slice(-2)
      if (before && last && !before.deviation && before.message === message && before.responseCode === responseCode) {
        log = [...log.slice(0, -2), last, { ...before, at: now(), times: before.times + 1 }]
        return false
      }
      const said: CableMessage = { at: now(), from: nameOf(event), message, ...(responseCode !== undefined && { responseCode }), times: 1 }
      log = [...log, said].slice(-LOG_LENGTH)
      return true
    },
    all: () => log,
  }
}
