import type { Highs } from 'highs'
import { limitAt, priorityOf, type SiteProblem, whPerSlot } from '../site-problem.ts'

/** What must hold in a programme: a name for every energy, sums of names with a bound. */
interface Constraints {
  readonly rows: string[]
  readonly bounds: string[]
  readonly delivered: string
  /** The same for each car. */
  readonly perCar: readonly string[]
}
const constraintsOf = (problem: SiteProblem): Constraints => {
  const { nodes, cars, pricePerKwh, slotLength, surplus } = problem
  const rows: string[] = []
  const bounds: string[] = []
  const through = nodes.map(() => pricePerKwh.map((): string[] => []))
  const perCar: string[] = []
  for (const [car, { arriveSlot, departSlot, need, maxPower, node }] of cars.entries()) {
    const own: string[] = []
    for (let slot = arriveSlot; slot < departSlot; slot++) {
      const name = `x${car}_${slot}`
      own.push(name)
      bounds.push(` 0 <= ${name} <= ${whPerSlot(maxPower, slotLength)}`)
      for (let above: number | undefined = node; above !== undefined; above = nodes[above]!.parent) through[above]![slot]!.push(name)
    }
    rows.push(` ${own.join(' + ')} <= ${need}`)
    perCar.push(own.join(' + '))
  }
  for (const [index, node] of nodes.entries())
    for (const [slot, names] of through[index]!.entries())
      if (names.length > 0) rows.push(` ${names.join(' + ')} <= ${whPerSlot(limitAt(node, slot), slotLength)}`)
  for (const [slot, names] of through[0]!.entries()) {
    if (names.length > 0) rows.push(` ${names.join(' + ')} - s${slot} - i${slot} = 0`)
    if (names.length === 0) bounds.push(` i${slot} = 0`)
    bounds.push(` 0 <= s${slot} <= ${surplus && names.length > 0 ? whPerSlot(surplus.power[slot]!, slotLength) : 0}`)
  }
  return { rows, bounds, delivered: perCar.join(' + '), perCar }
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

/** Wh of tolerance between programmes. */
const SLACK = 1e-6

/**
 * What each car gets, in parts of a Wh, when the satisfaction of those least satisfied is raised together, class by class, and each
 * car is fixed where nothing can raise it further: one linear programme a step, and one for each car in it.
 */
export const fairestOf = (solver: Highs, problem: SiteProblem): readonly number[] => {
  const { rows, bounds, perCar } = constraintsOf(problem)
  const { cars } = problem
  const fixed = new Map<number, number>()
  const most = (objective: string, held: readonly string[]) =>
    solver.solve(programme(`Maximize\n ${objective}`, [...rows, ...held], [...bounds, ' 0 <= level <= 1'])).ObjectiveValue
  const isKept = () => [...fixed].map(([car, wh]) => ` ${perCar[car]} >= ${Math.max(0, wh - SLACK)}`)
  for (const priority of [...new Set(cars.map(priorityOf))].sort((a, b) => b - a)) {
    let active = [...cars.keys()].filter((car) => priorityOf(cars[car]!) === priority)
    while (active.length > 0) {
      const raised = active.map((car) => ` ${perCar[car]} - ${cars[car]!.need} level >= 0`)
      const level = most('level', [...isKept(), ...raised])
      const held = active.map((car) => ` ${perCar[car]} >= ${Math.max(0, level * cars[car]!.need - SLACK)}`)
      const stuck = active.filter((car) => most(perCar[car]!, [...isKept(), ...held]) <= level * cars[car]!.need + 1e-3)
      for (const car of stuck) fixed.set(car, level * cars[car]!.need)
      if (stuck.length === 0) throw new Error('no car is stuck at the highest level')
      active = active.filter((car) => !stuck.includes(car))
    }
  }
  return cars.map((_, car) => fixed.get(car)!)
}
