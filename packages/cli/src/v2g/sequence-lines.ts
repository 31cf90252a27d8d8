import { gistOf } from './message-fields.ts'
import type { SessionEvent } from './read-session.ts'

const nameOf = ({ message, side, gap }: SessionEvent): string => {
  if (gap !== undefined) return `${side}: … ${gap}`
  if (message === undefined) return `${side}: ?`
  const code = message.responseCode === undefined || message.responseCode === 'OK' ? '' : ` ${message.responseCode}`
  const gist = gistOf(message)
  return `${side === 'EV' ? 'EV ->' : '   <-'} ${message.name}${code}${gist === undefined ? '' : ` (${gist})`}`
}

/** A session as a sequence for people. A request and its response that come again, as in a charge loop, are counted. */
export const sequenceLines = (events: readonly SessionEvent[]): readonly string[] => {
  const clock = ({ seconds }: SessionEvent) => (seconds - (events[0]?.seconds ?? 0)).toFixed(3)
  const isAsBefore = (at: number): boolean => {
    const [event, before] = [events[at], events[at - 2]]
    return (
      event !== undefined && before !== undefined && event.gap === undefined && event.wrong.length === 0 && nameOf(event) === nameOf(before)
    )
  }
  const lines: string[] = []
  let at = 0
  while (at < events.length) {
    const first = at
    while (events[at]?.side === 'EV' && isAsBefore(at) && isAsBefore(at + 1)) at += 2
    const times = (at - first) / 2
    if (times > 0) lines.push(`${' '.repeat(13)}... ${times === 1 ? 'once' : `${times} times`} more, until ${clock(events[at - 1]!)}`)
    const event = events[at++]
    if (event === undefined) break
    lines.push(`${clock(event).padStart(10)}  ${nameOf(event)}`, ...event.wrong.map((wrong) => `            ✘ ${wrong}`))
  }
  return lines
}
