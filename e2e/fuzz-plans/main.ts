// `npm run test:fuzz:plans`: random wishes, sites and networks through every planner, each plan held against its own checker.
import { parseArgs } from 'node:util'
import { seeded } from '../../packages/units/src/index.ts'
import { KINDS } from './kinds.ts'

const HELP = `npm run test:fuzz:plans -- [options]
  --times N  so many times the usual count (1)
  --only X   only kinds whose name has X in it
  --seed N   chooses the problems (a new one each time, in CI always the same; it is printed)`
const { values: options } = parseArgs({
  options: {
    times: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: process.env.CI ? '1' : String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
})
const [times, seed] = [Number(options.times), Number(options.seed)]
if (options.help || !(times > 0) || !Number.isInteger(seed)) {
  console.log(HELP)
  process.exit(options.help ? 0 : 2)
}

/** Failures of a kind that are printed whole. */
const MOST_TOLD = 5
const whole = (value: number) => value.toLocaleString('en-GB')
let [passed, failed] = [0, 0]
const began = performance.now()
console.log(`Random plans, seed ${seed}`)
for (const { name, count, tryOne } of KINDS.filter((kind) => kind.name.includes(options.only))) {
  const [most, start] = [Math.ceil(count * times), performance.now()]
  let bad = 0
  for (let index = 0; index < most; index++) {
    try {
      // Each has a seed of its own, so that one can be made again alone.
      tryOne(seeded(seed + index))
    } catch (error) {
      bad++
      if (bad <= MOST_TOLD)
        console.log(`✘ ${name}, --seed ${seed + index}: ${error instanceof Error ? error.message.slice(0, 600) : error}`)
    }
  }
  passed += most - bad
  failed += bad
  console.log(
    `${bad === 0 ? '✔' : '✘'} ${whole(most)} ${name}, ${whole(bad)} failed (${((performance.now() - start) / 1_000).toFixed(1)} s)`,
  )
}
console.log(`\n${((performance.now() - began) / 1_000).toFixed(0)} s, seed ${seed}\n${passed} passed, ${failed} failed, 0 skipped`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
