const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/
const OFFSET = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)$/i

const localOf = (text: string, timeZone: string, seen: ReadonlySet<number>): number => {
  const plain = Temporal.PlainDateTime.from(text.replace(' ', 'T'))
  const earlier = plain.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).epochMilliseconds
  return seen.has(earlier) ? plain.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds : earlier
}

/**
 * Reads times of one table in the order of its lines, as epoch milliseconds: undefined where a text is none. A wall clock time that stood
 * in the same column before is the second one of an hour that the clock shows twice.
 */
export const zonedTimes = (timeZone: string) => {
  const seen = { from: new Set<number>(), to: new Set<number>() }
  return (text: string, column: 'from' | 'to'): number | undefined => {
    try {
      if (OFFSET.test(text)) return Temporal.Instant.from(text.replace(' ', 'T')).epochMilliseconds
      if (!LOCAL.test(text)) return undefined
      const at = localOf(text, timeZone, seen[column])
      seen[column].add(at)
      return at
    } catch {
      return undefined
    }
  }
}
