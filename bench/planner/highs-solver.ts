import { createRequire } from 'node:module'
import { limitAt, type SiteProblem, whPerSlot } from '@voltway/domain/planning/site'
import type { Highs } from 'highs'

/** Above every price, in EUR per kWh: what a kWh that is not delivered costs in the programme. */
const SHORTFALL = 10

/** The problem as one linear programme in kWh and EUR: energies of cars, and flows of nodes so that no sum is written twice. */
const programmeOf = ({ pricePerKwh, nodes, cars, slotLength }: SiteProblem): string => {
  const objective: string[] = []
  const rows: string[] = []
  const bounds: string[] = []
  const into = nodes.map(() => pricePerKwh.map((): string[] => []))
  for (const [car, { arriveSlot, departSlot, need, maxPower, node }] of cars.entries()) {
    const own: string[] = []
    for (let slot = arriveSlot; slot < departSlot; slot++) {
      own.push(`x${car}_${slot}`)
      into[node]![slot]!.push(`x${car}_${slot}`)
      bounds.push(`x${car}_${slot} <= ${whPerSlot(maxPower, slotLength) / 1_000}`)
    }
    rows.push(`${own.join(' + ')} + z${car} = ${need / 1_000}`)
    objective.push(`${SHORTFALL} z${car}`)
  }
  for (let node = nodes.length - 1; node >= 0; node--)
    for (let slot = 0; slot < pricePerKwh.length; slot++) {
      const names = into[node]![slot]!
      if (names.length === 0) continue
      const flow = `f${node}_${slot}`
      rows.push(`${names.join(' + ')} - ${flow} = 0`)
      bounds.push(`${flow} <= ${whPerSlot(limitAt(nodes[node]!, slot), slotLength) / 1_000}`)
      const { parent } = nodes[node]!
      if (parent !== undefined) into[parent]![slot]!.push(flow)
      else objective.push(`${pricePerKwh[slot]! / 1e6} ${flow}`)
    }
  return `Minimize\n ${objective.join(' + ').replaceAll('+ -', '- ')}\nSubject To\n ${rows.join('\n ')}\nBounds\n ${bounds.join('\n ')}\nEnd\n`
}

export interface HighsRun {
  readonly milliseconds: number
  /** Cost plus 10 EUR for each kWh that is lacking. */
  readonly objective: number
}

/** One solve with `highs`, WebAssembly of HiGHS on one thread; the time includes writing and parsing the model, as it takes no other form. */
export const openHighs = async (): Promise<(problem: SiteProblem) => HighsRun> => {
  const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')
  const solver = await load()
  return (problem) => {
    const began = performance.now()
    const { ObjectiveValue } = solver.solve(programmeOf(problem))
    return { milliseconds: performance.now() - began, objective: ObjectiveValue }
  }
}
