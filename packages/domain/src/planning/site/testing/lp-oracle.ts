import type { Highs } from 'highs'
import { limitAt, type SiteProblem, whPerSlot } from '../site-problem.ts'

/** What must hold in the programme: a name for every energy, sums of names with a bound. */
const constraintsOf = (problem: SiteProblem): { readonly rows: string[]; readonly bounds: string[]; readonly delivered: string } => {
  const { nodes, cars, pricePerKwh, slotLength, surplus } = problem
  const rows: string[] = []
  const bounds: string[] = []
  const through = nodes.map(() => pricePerKwh.map((): string[] => []))
  const all: string[] = []
  for (const [car, { arriveSlot, departSlot, need, maxPower, node }] of cars.entries()) {
    const own: string[] = []
    for (let slot = arriveSlot; slot < departSlot; slot++) {
      const name = `x${car}_${slot}`
      own.push(name)
      bounds.push(` 0 <= ${name} <= ${whPerSlot(maxPower, slotLength)}`)
      for (let above: number | undefined = node; above !== undefined; above = nodes[above]!.parent) through[above]![slot]!.push(name)
    }
    rows.push(` ${own.join(' + ')} <= ${need}`)
    all.push(...own)
  }
  for (const [index, node] of nodes.entries())
    for (const [slot, names] of through[index]!.entries())
      if (names.length > 0) rows.push(` ${names.join(' + ')} <= ${whPerSlot(limitAt(node, slot), slotLength)}`)
  for (const [slot, names] of through[0]!.entries()) {
    if (names.length > 0) rows.push(` ${names.join(' + ')} - s${slot} - i${slot} = 0`)
    if (names.length === 0) bounds.push(` i${slot} = 0`)
    bounds.push(` 0 <= s${slot} <= ${surplus && names.length > 0 ? whPerSlot(surplus.power[slot]!, slotLength) : 0}`)
  }
  return { rows, bounds, delivered: all.join(' + ') }
}

const programme = (objective: string, rows: readonly string[], bounds: readonly string[]): string =>
  `${objective}\nSubject To\n${rows.join('\n')}\nBounds\n${bounds.join('\n')}\nEnd\n`

/** Least shortfall in Wh, then least cost in billionths, by a general solver of linear programmes: two programmes, one after the other. */
export const optimumOf = (solver: Highs, problem: SiteProblem): { readonly shortfallWh: number; readonly costNanos: number } => {
  const { rows, bounds, delivered } = constraintsOf(problem)
  const most = Math.round(solver.solve(programme(`Maximize\n ${delivered}`, rows, bounds)).ObjectiveValue)
  const cost = problem.pricePerKwh
    .flatMap((price, slot) => [`${problem.surplus?.feedInPerKwh[slot] ?? 0} s${slot}`, `${price} i${slot}`])
    .join(' + ')
    .replaceAll('+ -', '- ')
  const { ObjectiveValue } = solver.solve(programme(`Minimize\n ${cost}`, [...rows, ` ${delivered} = ${most}`], bounds))
  return { shortfallWh: problem.cars.reduce((sum, { need }) => sum + need, 0) - most, costNanos: ObjectiveValue }
}
