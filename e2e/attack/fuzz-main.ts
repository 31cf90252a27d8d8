// `npm run test:fuzz`: spoiled frames through the codec, then through links of a running server while a bystander charges.
import { parseArgs } from 'node:util'
import { seeded } from '@voltway/units'
import { fuzzFrames } from '../../packages/wire/src/ocpp/testing/fuzz-frames.ts'
import { startBystander } from './bystander.ts'
import { fuzzLinks } from './fuzz-links.ts'
import { openTown } from './open-town.ts'

const HELP = `npm run test:fuzz -- [options]
  --codec N   frames through the codec (1000000)
  --frames N  frames through links of a running server (20000)
  --seed N    chooses the frames (a new one each time; it is printed)`

const { values: options } = parseArgs({
  options: {
    codec: { type: 'string', default: '1000000' },
    frames: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
})
if (options.help) {
  console.log(HELP)
  process.exit()
}
const [codec, frames, seed] = [Number(options.codec), Number(options.frames), Number(options.seed)]
if (![codec, frames, seed].every((value) => Number.isInteger(value) && value >= 0)) {
  console.error(`Each option is a whole number from 0.\n\n${HELP}`)
  process.exit(2)
}

/** What is not done by then is counted as skipped. */
const LATEST = 150_000
const CHUNK = 20_000
const isLate = () => performance.now() > LATEST
const whole = (value: number) => value.toLocaleString('en-GB')
const sum = { passed: 0, failed: 0, skipped: 0 }
const check = (sentence: string, holds: boolean, detail = '') => {
  sum[holds ? 'passed' : 'failed']++
  console.log(`${holds ? '✔' : '✘'} ${sentence}${holds || detail === '' ? '' : `\n    ${detail}`}`)
}

console.log(`Spoiled frames, seed ${seed}`)
let read = 0
for (let done = 0; done < codec; done += CHUNK) {
  const count = Math.min(CHUNK, codec - done)
  if (isLate()) {
    sum.skipped += codec - done
    break
  }
  try {
    read += fuzzFrames(count, seed + done).read
    sum.passed += count
  } catch (error) {
    sum.failed += count
    console.log(`✘ ${error instanceof Error ? error.message.slice(0, 2_000) : error}`)
  }
}
console.log(`${whole(codec - sum.skipped)} through the codec: ${whole(read)} read, the rest refused, ${whole(sum.failed)} escaped`)

const identities = Array.from({ length: 8 }, (_, index) => `FUZZ-${index + 1}`)
const town = await openTown({ port: 19_302, stations: ['BYSTANDER', ...identities] })
try {
  const bystander = await startBystander(town, 'BYSTANDER')
  const before = await town.child.call('memory', undefined)
  const done = await fuzzLinks(town, { identities, frames: Math.ceil(frames / identities.length), random: seeded(seed), isLate })
  for (const outcome of ['passed', 'failed', 'skipped'] as const) sum[outcome] += done[outcome]
  console.log(`${whole(done.passed + done.failed)} through links of a running server`)
  for (const fault of done.faults.slice(0, 3)) console.log(`✘ ${fault.slice(0, 4_000)}`)
  const after = await town.child.call('memory', undefined)
  const mega = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`
  console.log(`memory before and after: ${mega(before.rss)}, ${mega(after.rss)}; heap ${mega(before.heapUsed)}, ${mega(after.heapUsed)}`)
  const well = await town.isWell().then(
    () => '',
    (error: unknown) => String(error),
  )
  check('the same process runs, and logged no error', well === '', well.slice(0, 4_000))
  const billed = await bystander.end().then(
    () => '',
    (error: unknown) => String(error),
  )
  check('the station beside them charged on, and is billed what its meter says', billed === '', billed)
} finally {
  await town.close()
}
console.log(`\n${(performance.now() / 1_000).toFixed(0)} s, seed ${seed}`)
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exit(sum.failed === 0 ? 0 : 1)
