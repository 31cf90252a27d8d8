import { createRequire } from 'node:module'
import { type NetworkProblem, networkOptions } from '@voltway/domain/planning/network'
import type { Highs } from 'highs'

export interface NetworkBound {
  /** The optimum of the linear programme in EUR; undefined when time ran out. */
  readonly costEur: number | undefined
  readonly milliseconds: number
}

/**
 * The linear programme in EUR: a share of each option, at most one for a driver, and in each row the EVSEs in use from slot to slot,
 * changed by starts and ends, so that no option is written down for every slot that it takes.
 */
const programmeOf = (problem: NetworkProblem): string => {
  const { drivers, rows, stride, step, capacity, runs, runCell, runLength, runOption, runCount, cost, unservedCost } =
    networkOptions(problem)
  const objective: string[] = []
  const lines: string[] = []
  const bounds: string[] = []
  const changes = new Map<number, string[]>()
  const note = (cell: number, text: string) => changes.set(cell, [...(changes.get(cell) ?? []), text])
  for (let driver = 0; driver < drivers; driver++) {
    const own: string[] = []
    for (let run = runs[driver]!; run < runs[driver + 1]!; run++)
      for (let index = 0; index < runCount[run]!; index++) {
        const value = cost[runOption[run]! + index]!
        if (!Number.isFinite(value)) continue
        const name = `x${runOption[run]! + index}`
        const cell = runCell[run]! + index * step
        own.push(name)
        objective.push(`${(value - unservedCost) / 1e6} ${name}`)
        note(cell, `- ${name}`)
        note(cell + runLength[run]!, `+ ${name}`)
      }
    if (own.length > 0) lines.push(`${own.join(' + ')} <= 1`)
  }
  for (let row = 0; row < rows; row++)
    for (let cell = row * stride; cell < (row + 1) * stride - 1; cell++) {
      lines.push(`f${cell}${cell > row * stride ? ` - f${cell - 1}` : ''} ${(changes.get(cell) ?? []).join(' ')} = 0`)
      bounds.push(`0 <= f${cell} <= ${capacity[cell]}`)
    }
  return `Minimize\n ${objective.join(' + ').replaceAll('+ -', '- ')}\nSubject To\n ${lines.join('\n ')}\nBounds\n ${bounds.join('\n ')}\nEnd\n`
}

/** The bound of the linear programme by `highs`, WebAssembly of HiGHS on one thread, within a time; writing the model included. */
export const networkBoundByHighs = async (problem: NetworkProblem, seconds: number): Promise<NetworkBound> => {
  const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')
  const solver = await load()
  const began = performance.now()
  const { Status, ObjectiveValue } = solver.solve(programmeOf(problem), { time_limit: seconds })
  const unserved = (problem.drivers.length * problem.unservedCost) / 1e6
  return { costEur: Status === 'Optimal' ? ObjectiveValue + unserved : undefined, milliseconds: performance.now() - began }
}
