// `npm run bench:exi`: encoding and decoding of one message beside JSON.stringify and JSON.parse of the same object, in the same run.
import { parseArgs } from 'node:util'
import { untypedCodecOf } from '@voltway/wire/iso15118'
import { type BenchCase, benchCases, objectsOf } from './cases.ts'

const HELP = `npm run bench:exi -- [options]
  --rounds N  rounds of each arm, one arm after the other; the lower quartile counts (15)
  --json      one object a line`
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
if (values.help || !Number.isInteger(rounds) || rounds < 1) {
  console.log(HELP)
  process.exit(values.help ? 0 : 2)
}

/** How long one round lasts at least. */
const ROUND_MS = 4

interface Arm {
  readonly work: () => unknown
  calls: number
  readonly times: number[]
}
const armOf = (work: () => unknown): Arm => ({ work, calls: 1, times: [] })

const runRound = (arm: Arm): number => {
  const start = performance.now()
  for (let call = 0; call < arm.calls; call++) arm.work()
  return performance.now() - start
}

/** Nanoseconds a call of each arm: the arms take turns, so that a busy moment of the machine falls on all. */
const measure = (arms: readonly Arm[]): readonly number[] => {
  for (const arm of arms) while (runRound(arm) < ROUND_MS) arm.calls *= 2
  for (let round = 0; round < rounds; round++) for (const arm of arms) arm.times.push((runRound(arm) / arm.calls) * 1e6)
  return arms.map(({ times }) => times.sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? Number.NaN)
}

const measureCase = (one: BenchCase): readonly number[] => {
  const { schema, bytes, text } = one
  const codec = untypedCodecOf(schema).document
  const { document, plain } = objectsOf(one)
  return measure([
    armOf(() => codec.encode(document)),
    armOf(() => JSON.stringify(plain)),
    armOf(() => codec.decode(bytes)),
    armOf(() => JSON.parse(text)),
  ])
}

const inMicroseconds = (nanoseconds: number) => `${(nanoseconds / 1_000).toFixed(2)} µs`
const print = ({ name, bytes, text }: BenchCase, [encode = 0, stringify = 0, decode = 0, parse = 0]: readonly number[]) => {
  if (values.json) {
    for (const [verb, value, baseline] of [
      ['encode', encode, stringify],
      ['decode', decode, parse],
    ] as const) {
      const [ours, theirs] = [Math.round(value), Math.round(baseline)]
      console.log(
        JSON.stringify({
          bench: 'exi',
          case: `${verb}-${name}`,
          value: ours,
          unit: 'ns',
          baseline: theirs,
          ratio: Number((value / baseline).toFixed(2)),
        }),
      )
    }
    return
  }
  const sizes = `${String(bytes.length).padStart(6)} ${String(text.length).padStart(6)}`
  const column = (ours: number, json: number) =>
    `${inMicroseconds(ours).padStart(11)}${inMicroseconds(json).padStart(11)}${(ours / json).toFixed(2).padStart(7)}`
  console.log(`${name.padEnd(60)}${sizes}${column(encode, stringify)}${column(decode, parse)}`)
}

if (!values.json) {
  console.log('One message: EXI beside JSON of the same object (bytes in base64), lower quartile of a round; the ratio is EXI to JSON\n')
  console.log(`${''.padEnd(60)}${'bytes'.padStart(13)}${'encode'.padStart(29)}${'decode'.padStart(29)}`)
  console.log(`${'message'.padEnd(60)}   EXI   JSON        EXI       JSON  ratio        EXI       JSON  ratio`)
}
const cases = benchCases()
// Once through all, so that every arm has met every shape before any is measured.
for (let call = 0; call < 5_000; call++)
  for (const { schema, bytes } of cases) {
    const { encode, decode } = untypedCodecOf(schema).document
    const decoded = decode(bytes)
    if (decoded.ok) encode(decoded.value)
  }
const ratios = cases.map((one) => {
  const times = measureCase(one)
  print(one, times)
  return times
})
const ratiosOf = (ours: number, json: number): readonly number[] => ratios.map((times) => times[ours]! / times[json]!).sort((a, b) => a - b)
const meanOf = (list: readonly number[]) => Math.exp(list.reduce((sum, ratio) => sum + Math.log(ratio), 0) / list.length)
const medianOf = (list: readonly number[]) => (list[(list.length - 1) >> 1]! + list[list.length >> 1]!) / 2
const [encode, decode] = [ratiosOf(0, 1), ratiosOf(2, 3)]
if (!values.json) {
  const line = (name: string, of: (list: readonly number[]) => number) =>
    `${name} of the ratios: encode ${of(encode).toFixed(2)}, decode ${of(decode).toFixed(2)}`
  console.log(`\n${line('median', medianOf)}\n${line('geometric mean', meanOf)}`)
  console.log(
    'No figures of other EXI engines (cbV2G in C, EXIficient in Java) stand beside these: none were at hand that could be checked,\n' +
      'so how this engine compares with them is not known.',
  )
}
