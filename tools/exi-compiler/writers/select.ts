/** A value for each state of an object, as an expression over `s`, the number of the state. */
export const select = (values: ReadonlyMap<number, number>): string => {
  const sorted = [...values].sort(([a], [b]) => a - b)
  const [first] = sorted
  if (first === undefined) throw new Error('nothing to choose from')
  if (sorted.every(([, value]) => value === first[1])) return `${first[1]}`
  const sum = first[0] + first[1]
  if (sorted.every(([state, value]) => state + value === sum)) return `${sum} - s`
  const runs = sorted.filter(([, value], at) => at === sorted.length - 1 || value !== sorted[at + 1]![1])
  return runs.map(([state, value], at) => (at === runs.length - 1 ? `${value}` : `s <= ${state} ? ${value} : `)).join('')
}

/** Whether an object is in one of some states, as a condition over `s`. */
export const isAmong = (states: readonly number[]): string => states.map((state) => `s === ${state}`).join(' || ')
