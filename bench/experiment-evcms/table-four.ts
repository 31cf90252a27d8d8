import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SystemSummary } from './summary.ts'
import type { CaseOfOurs } from './tables.ts'

export interface Property {
  readonly name: string
  /** Whether the files that show it are all in this clone, and what was measured here holds. */
  readonly shown: boolean
  readonly evidence: string
}

interface Measured {
  readonly cases: readonly CaseOfOurs[]
  readonly before: SystemSummary
  readonly after: SystemSummary
}

const FILES = {
  cloud: ['packages/app/src/index.ts', 'packages/app/src/http'],
  ocpp: ['packages/wire/src/ocpp', 'packages/app/src/ocpp'],
  optimal: ['packages/domain/src/planning/cheapest-plan.test.ts'],
  cheaper: ['packages/domain/src/planning/plans-for.test.ts'],
  balance: ['bench/experiment-evcms/summary.ts', 'packages/domain/src/planning/share-power.test.ts'],
} as const

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** The five properties of the paper's Table 4 for Voltway, each with the files that show it and, where it is a figure, the figure of this run. */
export const tableFour = (root: string, { cases, before, after }: Measured): readonly Property[] => {
  const property = (name: string, files: readonly string[], claim: { holds: boolean; text: string }): Property => {
    const missing = files.filter((file) => !existsSync(join(root, file)))
    const where = missing.length > 0 ? `missing: ${missing.join(', ')}` : files.join(', ')
    return { name, shown: missing.length === 0 && claim.holds, evidence: `${claim.text} (${where})` }
  }
  const never = cases.every(({ voltway, paper }) => voltway.optimised <= voltway.original && voltway.optimised <= paper.optimised)
  return [
    property('Cloud', FILES.cloud, {
      holds: true,
      text: 'one server for stations, drivers and operators; runs anywhere, also without a cloud',
    }),
    property('OCPP', FILES.ocpp, { holds: true, text: 'OCPP 1.6J and 2.0.1 from message to command' }),
    property('Optimal charge', FILES.optimal, { holds: true, text: 'the cheapest plan equals brute force on random days' }),
    property('Less charge cost', FILES.cheaper, {
      holds: never && after.worseOff === 0,
      text: `no case above the paper’s or its original; ${after.worseOff} of ${after.given} drivers worse off; mean ${before.meanCost.toFixed(2)} -> ${after.meanCost.toFixed(2)} GBP`,
    }),
    property('Peak Load Balance', FILES.balance, {
      holds: after.peakShare < before.peakShare,
      text: `energy in peak windows ${percent(before.peakShare)} -> ${percent(after.peakShare)} in the generated year; shared limits by test`,
    }),
  ]
}
