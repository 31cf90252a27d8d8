import type { TransportEvent } from '@voltway/vehicle/transport'

const clockOf = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString({ fractionalSecondDigits: 3 }).slice(11, 23)

const arrow = ({ from, to }: TransportEvent): string => (from === to ? '    · ' : from === 'evcc' ? 'EV -> ' : '   <- ')

const detailOf = (event: TransportEvent): string => {
  switch (event.kind) {
    case 'sdp':
      return [event.security, event.address && `[${event.address}]:${event.port}`, event.refused && `✘ ${event.refused}`]
        .filter(Boolean)
        .join(' ')
    case 'refused':
      return `✘ ${event.code}${event.times > 1 ? ` (${event.times} times)` : ''}`
    case 'link':
      return [event.peer, event.tls ? `TLS ${event.tls} ${event.cipher}` : 'plain TCP', ...(event.missing ?? [])].join(', ')
    case 'message':
      return event.unreadable === undefined ? (event.responseCode ?? '') : `✘ ${event.unreadable}`
    case 'deviation':
      return `✘ taken all the same: ${event.code}, ${event.what}`
    case 'timer':
      return 'ran out'
    case 'state':
      return ''
    case 'ended':
      return [event.code, event.detail].filter(Boolean).join(': ')
  }
}

/** One line for people. */
export const eventLine = (event: TransportEvent): string =>
  `${clockOf(event.at)}  ${arrow(event)}${event.message} ${detailOf(event)}`.trimEnd()

/** One line for programs: without the decoded document, whose bytes and large numbers JSON does not have. */
export const eventJson = (event: TransportEvent): string => {
  if (event.kind !== 'message') return JSON.stringify(event)
  const { document: _, ...rest } = event
  return JSON.stringify(rest)
}

/** Timers of ours that only keep the pace. */
const isPace = (event: TransportEvent): boolean => event.kind === 'timer' && event.message.startsWith('Voltway_')

/** Prints events. The same two messages again and again, as of a charge loop, are counted for people, and told to programs. */
export const eventPrinter = (out: (text: string) => void, json: boolean) => {
  let before = ''
  let last = ''
  let repeated = 0
  const show = (event: TransportEvent) => {
    if (repeated > 0) out(`              ... ${repeated} messages more of the same two`)
    repeated = 0
    out(eventLine(event))
  }
  return (event: TransportEvent) => {
    if (json) return out(eventJson(event))
    if (isPace(event)) return
    if (event.kind !== 'message') return show(event)
    const name = `${event.message} ${detailOf(event)}`
    const isAsBefore = name === before
    before = last
    last = name
    if (isAsBefore) repeated++
    else show(event)
  }
}
