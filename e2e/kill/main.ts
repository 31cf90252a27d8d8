import { parseArgs } from 'node:util'
import { seeded } from '@voltway/units'
import { killPlan, nodeKillPlan } from './kill-plan.ts'
import { type ArmResult, type KillDone, runArm } from './run-arm.ts'
import { runNodesArm } from './run-nodes-arm.ts'

const HELP = `npm run test:kill -- [options]
  --cycles N    kills of the honest server (25)
  --nodes N     ends of one of two nodes, every second as in a rolling restart (6)
  --control N   kills of the server that acknowledges too early (4)
  --stations N  stations in each of two tenants (12)
  --seed N      chooses the moments (a new one each time; it is printed)`

const { values: options } = parseArgs({
  options: {
    cycles: { type: 'string', default: '25' },
    control: { type: 'string', default: '4' },
    nodes: { type: 'string', default: '6' },
    stations: { type: 'string', default: '12' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
})
if (options.help) {
  console.log(HELP)
  process.exit()
}
const numberOf = (name: 'cycles' | 'control' | 'nodes' | 'stations' | 'seed', least: number) => {
  const value = Number(options[name])
  if (Number.isInteger(value) && value >= least) return value
  console.error(`--${name} must be a whole number from ${least}.\n\n${HELP}`)
  process.exit(2)
}
const [cycles, control, stations, seed] = [numberOf('cycles', 1), numberOf('control', 1), numberOf('stations', 1), numberOf('seed', 0)]
const nodeKills = numberOf('nodes', 1)

const whole = (value: number) => value.toLocaleString('en-GB')
const head = () =>
  console.log(
    `\n${'kill'.padStart(6)}  ${'what'.padEnd(22)}${'after ms'.padStart(9)}${'ready in s'.padStart(12)}${'acknowledged'.padStart(14)}${'sessions'.padStart(10)}`,
  )
const row = ({ number, victim, after, readyMs, acknowledged, sessions }: KillDone) =>
  console.log(
    `${String(number).padStart(6)}  ${victim.padEnd(22)}${whole(after).padStart(9)}${(readyMs === undefined ? '-' : (readyMs / 1000).toFixed(1)).padStart(12)}${whole(acknowledged).padStart(14)}${whole(sessions).padStart(10)}`,
  )

interface Check {
  readonly sentence: string
  readonly holds: boolean
  readonly examples?: readonly string[]
}
const none = (sentence: string, faults: readonly string[]): Check => ({ sentence, holds: faults.length === 0, examples: faults })

const honestChecks = ({ facts, bills, book, found, billed, openCommands }: ArmResult): readonly Check[] => [
  {
    sentence: `facts were acknowledged and sessions ended (${whole(book.acknowledged.size)}, ${whole(book.ended.size)})`,
    holds: book.ended.size > 0,
  },
  none(`of ${whole(book.acknowledged.size)} acknowledged facts none is lost`, facts.lost),
  none(`of ${whole(found)} facts found none is invented`, facts.invented),
  none('no fact is there twice', facts.doubled),
  none(`each of ${whole(book.ended.size)} ended sessions is billed`, bills.unbilled),
  none(`none is billed twice (${whole(billed)} bills)`, bills.billedTwice),
  none('nothing else is billed', bills.billedUnasked),
  none('each bill is what its facts give', bills.wrongAmount),
  none('the ledger sums to zero, per posting and currency', bills.unbalanced),
  none('each bill is posted once', bills.postings),
  none('receipt numbers have no gaps', bills.receiptGaps),
  { sentence: 'each command ended or expired', holds: openCommands === 0 },
]

const MOST_EXAMPLES = 5
const report = ({ sentence, holds, examples = [] }: Check) => {
  console.log(`${holds ? '✔' : '✘'} ${sentence}${holds ? '' : `: ${whole(examples.length)} are`}`)
  for (const example of examples.slice(0, MOST_EXAMPLES)) console.log(`    ${example}`)
}

console.log(`SIGKILL under load: ${cycles} cycles, ${2 * stations} stations in two tenants, seed ${seed}`)
head()
const began = performance.now()
const honest = await runArm({ mode: 'honest', kills: killPlan(cycles, seeded(seed)), seed, stations, pause: 30, onKill: row })

console.log(`\nOne of two nodes ends, ${nodeKills} times`)
console.log(
  `\n${'end'.padStart(6)}  ${'what'.padEnd(22)}${'after ms'.padStart(9)}${'silent ms'.padStart(12)}${'acknowledged'.padStart(14)}${'sessions'.padStart(10)}`,
)
const nodes = await runNodesArm({
  kills: nodeKillPlan(nodeKills, seeded(seed + 2)),
  seed: seed + 2,
  stations,
  pause: 30,
  onKill: ({ number, victim, how, after, silentMs, acknowledged, sessions }) =>
    console.log(
      `${String(number).padStart(6)}  ${`node ${victim}, ${how}`.padEnd(22)}${whole(after).padStart(9)}${whole(Math.round(silentMs)).padStart(12)}${whole(acknowledged).padStart(14)}${whole(sessions).padStart(10)}`,
    ),
})

console.log(`\nThe control: a server that acknowledges before the commit, ${control} cycles`)
head()
const kills = killPlan(control, seeded(seed + 1)).map(({ after }) => ({ victim: 'server', after: 300 + after }) as const)
const early = await runArm({ mode: 'early', kills, seed: seed + 1, stations, pause: 10, onKill: row })

const lost = early.facts.lost.length
const checks: readonly Check[] = [
  ...honestChecks(honest),
  ...honestChecks(nodes).map((check) => ({ ...check, sentence: `two nodes: ${check.sentence}` })),
  { sentence: `the control is seen to lose: ${whole(lost)} of ${whole(early.book.acknowledged.size)} acknowledged facts`, holds: lost > 0 },
]
console.log('')
for (const check of checks) report(check)
const failed = checks.filter(({ holds }) => !holds).length
console.log(
  `\n${cycles} kills, ${nodeKills} ends of a node and ${control} kills of the control in ${((performance.now() - began) / 1000).toFixed(0)} s, seed ${seed}`,
)
console.log(`${checks.length - failed} passed, ${failed} failed, 0 skipped`)
process.exit(failed === 0 ? 0 : 1)
