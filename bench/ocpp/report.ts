import type { Arm, CaseResult } from './measure-case.ts'
import type { IdleCost } from './measure-idle.ts'

export interface Line {
  readonly bench: 'ocpp'
  readonly case: string
  readonly value: number
  readonly unit: 'facts/s' | 'kB'
  /** The bare `ws` peer's figure in the same run. */
  readonly baseline: number | null
  /** `value` of `baseline`. */
  readonly ratio: number | null
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits))
const ratioOf = (value: number, baseline: number | undefined) => (baseline ? rounded(value / baseline, 3) : null)

export const caseLine = (name: string, { platform, echo }: CaseResult): Line => ({
  bench: 'ocpp',
  case: name,
  value: Math.round(platform.perSecond),
  unit: 'facts/s',
  baseline: Math.round(echo.perSecond),
  ratio: ratioOf(platform.perSecond, echo.perSecond),
})

export const idleLine = ({ platformKb, bareKb }: IdleCost): Line | undefined =>
  platformKb === undefined
    ? undefined
    : {
        bench: 'ocpp',
        case: 'idle-link',
        value: rounded(platformKb, 1),
        unit: 'kB',
        baseline: bareKb === undefined ? null : rounded(bareKb, 1),
        ratio: ratioOf(platformKb, bareKb),
      }

/** Whether every acknowledged fact is in the database, and nothing else is. */
export const rowsAgree = ({ acknowledged, found, refusal }: CaseResult): boolean =>
  acknowledged > 0 && refusal === undefined && Object.values(found).every((count) => count === acknowledged)

const whole = (value: number) => Math.round(value).toLocaleString('en-GB')
const cores = (value: number | undefined) => (value === undefined ? '-' : value.toFixed(2))

/** What a fact costs whatever else the machine is doing. */
const microseconds = ({ perSecond, cores: used }: Arm) =>
  Object.entries(used)
    .flatMap(([who, seconds]) => (seconds === undefined ? [] : [`${who} ${Math.round((seconds / perSecond) * 1e6)} µs`]))
    .join(', ')

const armText = (name: string, { perSecond, p50, p99, cores: used }: Arm) =>
  [
    `    ${name.padEnd(11)}`,
    whole(perSecond).padStart(9),
    p50.toFixed(1).padStart(9),
    p99.toFixed(1).padStart(9),
    cores(used.server).padStart(9),
    cores(used.database).padStart(10),
    cores(used.ingest).padStart(11),
    cores(used.load).padStart(9),
  ].join('')

/** A case as people read it. */
export const caseText = (name: string, result: CaseResult): string => {
  const { platform, echo, acknowledged, found, refusal, frameBytes, rounds, busy, projectorBehind } = result
  const rows = Object.entries(found).map(([what, count]) => `${whole(count)} ${what}`)
  return [
    `\n  ${name}: ${(platform.perSecond / echo.perSecond).toFixed(2)} of the bare echo, frames of ${frameBytes} bytes`,
    `    ${''.padEnd(11)}${'facts/s'.padStart(9)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}${'server'.padStart(9)}${'database'.padStart(10)}${'(ingest)'.padStart(11)}${'load'.padStart(9)}  (CPU seconds a second)`,
    armText('Voltway', platform),
    armText('bare echo', echo),
    `    CPU for one fact: ${microseconds(platform)}; for one echo: ${microseconds(echo)}`,
    `    median of ${rounds} rounds; event loop ${Math.round(busy * 100)} % busy; the projector is ${whole(projectorBehind)} events behind at the end`,
    `    ${rowsAgree(result) ? '✔' : '✘'} ${whole(acknowledged)} acknowledged, found: ${rows.join(', ')}`,
    ...(refusal === undefined ? [] : [`    ✘ answered otherwise: ${refusal.slice(0, 300)}`]),
  ].join('\n')
}

/** Whether a full table slows the ingest down, by the share of the bare echo in each of the two cases. */
export const flatText = (empty: CaseResult, full: CaseResult, rows: number): string => {
  const share = ({ platform, echo }: CaseResult) => platform.perSecond / echo.perSecond
  return `    from an empty table to ${whole(rows)} rows: ${share(empty).toFixed(2)} and ${share(full).toFixed(2)} of the bare echo, ${whole(empty.platform.perSecond)} and ${whole(full.platform.perSecond)} facts/s`
}

export const idleText = ({ links, platformKb, bareKb }: IdleCost): string =>
  platformKb === undefined || bareKb === undefined
    ? '\n  idle-link: absent, this system has no /proc to read memory from'
    : `\n  idle-link: ${platformKb.toFixed(1)} kB a link (authenticated, booted, asked for its settings), a bare ws socket ${bareKb.toFixed(1)} kB; ${whole(links)} links each`
