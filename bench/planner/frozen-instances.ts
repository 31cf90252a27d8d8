import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readInstance, type SiteProblem } from '@voltway/domain/planning/site'

const FOLDER = new URL('../../packages/domain/src/planning/site/fixtures/', import.meta.url)

export interface FrozenInstance {
  readonly name: string
  readonly path: string
  readonly cars: number
  readonly optimum: { readonly costEur: number; readonly shortfallKwh: number }
}

interface Entry {
  readonly name: string
  readonly N: number
  readonly optEnergyCostEur: number
  readonly optShortfallKwh: number
}

/** The ten instances with proven optima that stand beside the planner. */
export const frozenInstances = (): readonly FrozenInstance[] => {
  const entries: readonly Entry[] = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8'))
  return entries.map(({ name, N, optEnergyCostEur, optShortfallKwh }) => ({
    name: name.replace('.json', ''),
    path: fileURLToPath(new URL(name, FOLDER)),
    cars: N,
    optimum: { costEur: optEnergyCostEur, shortfallKwh: optShortfallKwh },
  }))
}

export const readProblem = (path: string): SiteProblem => {
  const problem = readInstance(JSON.parse(readFileSync(path, 'utf8')))
  if (!problem.ok) throw new Error(`${path}: ${JSON.stringify(problem.failure[0])}`)
  return problem.value
}
