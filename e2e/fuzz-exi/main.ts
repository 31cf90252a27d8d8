// `npm run test:fuzz:exi`: a million spoiled V2GTP frames through reassembly, decoding, encoding and XML.
import { parseArgs } from 'node:util'
import { fuzzFrames } from '../../packages/wire/src/iso15118/testing/fuzz-frames.ts'

const HELP = `npm run test:fuzz:exi -- [options]
  --frames N  frames (1000000)
  --seed N    chooses the frames (a new one each time; it is printed)`
const { values: options } = parseArgs({
  options: {
    frames: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
})
const [frames, seed] = [Number(options.frames), Number(options.seed)]
if (options.help || !Number.isInteger(frames) || frames < 1 || !Number.isInteger(seed)) {
  console.log(HELP)
  process.exit(options.help ? 0 : 2)
}

const CHUNK = 50_000
const whole = (value: number) => value.toLocaleString('en-GB')
const codes = new Map<string, number>()
const worst = { ms: 0, perByte: 0 }
let [failed, unframed] = [0, 0]
const began = performance.now()
const before = process.memoryUsage().rss
console.log(`Spoiled frames, seed ${seed}`)
for (let done = 0; done < frames; done += CHUNK) {
  const count = Math.min(CHUNK, frames - done)
  try {
    const outcome = fuzzFrames(count, seed + done, () => performance.now())
    unframed += outcome.unframed
    worst.ms = Math.max(worst.ms, outcome.slowestMs)
    worst.perByte = Math.max(worst.perByte, outcome.mostPerByte)
    for (const [code, times] of Object.entries(outcome.codes)) codes.set(code, (codes.get(code) ?? 0) + times)
  } catch (error) {
    failed += count
    console.log(`✘ ${error instanceof Error ? `${error.message.slice(0, 4_000)}\n${error.cause}` : error}`)
  }
}
const mega = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`
console.log(
  [...codes]
    .sort((a, b) => b[1] - a[1])
    .map(([code, times]) => `${code} ${whole(times)}`)
    .join(', '),
)
console.log(`${whole(unframed)} stopped at their V2GTP header`)
console.log(`slowest frame ${worst.ms.toFixed(1)} ms; at most ${worst.perByte.toFixed(1)} values, characters and bytes of a byte of a body`)
console.log(`resident memory before and after: ${mega(before)}, ${mega(process.memoryUsage().rss)}`)
console.log(`\n${((performance.now() - began) / 1_000).toFixed(0)} s, seed ${seed}\n${frames - failed} passed, ${failed} failed, 0 skipped`)
process.exit(failed === 0 ? 0 : 1)
