import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'

const folder = await mkdtemp(join(tmpdir(), 'voltway-plan-'))
after(() => rm(folder, { recursive: true }))

const site = {
  slots: 3,
  slotHours: 0.5,
  priceEurPerKwh: [0.3, 0.1, 0.2],
  siteKw: 10,
  feedersKw: [],
  panelsKw: [],
  panelsPerFeeder: 8,
  evs: [
    [0, 3, 6, 8, 0],
    [1, 2, 1.5, 4, 0],
    [2, 3, 3, 4, 0],
  ],
}
const run = async (content: string) => {
  const file = join(folder, 'site.json')
  await writeFile(file, content)
  const printed: string[] = []
  const noted: string[] = []
  const surroundings = { env: {}, root: folder, out: (text: string) => printed.push(text), note: (text: string) => noted.push(text) }
  return { code: await runCommand(REGISTRY, ['plan', 'site', file], surroundings), printed, noted: noted.join('\n') }
}

test('a site is planned and printed as JSON', async () => {
  const { code, printed } = await run(JSON.stringify(site))
  assert.equal(code, 0)
  const { milliseconds, ...plan } = JSON.parse(printed.join('\n'))
  assert.ok(milliseconds >= 0)
  assert.deepEqual(plan, { energyCostEur: 1.4, shortfallKwh: 1, cars: [[0, 3.5, 2.5], [1.5], [2]] })
})

const broken: [sentence: string, content: string, named: RegExp][] = [
  ['a file that is no JSON', '{', /cannot be read/],
  ['a file without prices', JSON.stringify({ ...site, priceEurPerKwh: undefined }), /priceEurPerKwh \(shape\)/],
  ['too few prices', JSON.stringify({ ...site, priceEurPerKwh: [0.1] }), /priceEurPerKwh \(length\): .*3 slots, not 1/],
  ['a car of four figures', JSON.stringify({ ...site, evs: [[0, 3, 6, 8]] }), /evs\[0\] \(shape\)/],
  ['a car on a panel that is not there', JSON.stringify({ ...site, panelsKw: [5], evs: [[0, 3, 6, 8, -1]] }), /evs\[0\]\[4\] \(unknown\)/],
  ['a car that leaves before it comes', JSON.stringify({ ...site, evs: [[2, 1, 6, 8, 0]] }), /evs\[0\]\[1\] \(contradiction\)/],
]
for (const [sentence, content, named] of broken)
  test(`${sentence} is refused by name`, async () => {
    const { code, noted } = await run(content)
    assert.equal(code, 2)
    assert.match(noted, named)
  })
