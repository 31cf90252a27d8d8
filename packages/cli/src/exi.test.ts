import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'

const folder = await mkdtemp(join(tmpdir(), 'voltway-exi-'))
after(() => rm(folder, { recursive: true }))

const HEX = '80001b40000000000040'
const BODY =
  '<AppProtocol><ProtocolNamespace>h</ProtocolNamespace><VersionNumberMajor>0</VersionNumberMajor><VersionNumberMinor>0</VersionNumberMinor><SchemaID>0</SchemaID><Priority>1</Priority></AppProtocol>'
const XML = `<n1:supportedAppProtocolReq xmlns:n1="urn:iso:15118:2:2010:AppProtocol">${BODY}</n1:supportedAppProtocolReq>`
/** A signed element of ISO 15118-2 and its fragment. */
const SIGNED = '<b:AuthorizationReq xmlns:b="urn:iso:15118:2:2013:MsgBody"/>'

const run = async (...argv: readonly string[]) => {
  const printed: string[] = []
  const noted: string[] = []
  const surroundings = { env: {}, root: folder, out: (text: string) => printed.push(text), note: (text: string) => noted.push(text) }
  return { code: await runCommand(REGISTRY, ['exi', ...argv], surroundings), printed, noted: noted.join('\n') }
}
const runLines = async (verb: string, lines: readonly unknown[]) => {
  const file = join(folder, `${verb}.jsonl`)
  await writeFile(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  const { code, printed } = await run(verb, '--jsonl', file)
  assert.equal(code, 0)
  return printed.map((line) => JSON.parse(line))
}

test('one message is decoded to XML and encoded again', async () => {
  assert.deepEqual(await run('decode', '--schema', 'app_protocol', HEX), { code: 0, printed: [XML], noted: '' })
  assert.deepEqual((await run('encode', '--schema', 'app_protocol', XML)).printed, [HEX])
  assert.deepEqual((await run('encode', '--schema', 'iso15118-2', '--fragment', SIGNED, '--json')).printed, ['{"exi_hex":"8004bd00"}'])
})

test('a stream is answered line by line, and a bad line does not end it', async () => {
  const answers = await runLines('decode', [
    { id: 'a', schema: 'app_protocol', exi_hex: HEX },
    '{ no JSON',
    { id: 2, schema: 'app_protocol', exi_hex: '8000' },
    { id: 'c', schema: 'iso15118-3', exi_hex: HEX },
    { id: 'd', schema: 'app_protocol', exi_hex: '8' },
    { id: 'e', schema: 'app_protocol' },
    { id: 'f', schema: 'iso15118-2', exi_hex: '8004bd00', fragment: true },
  ])
  assert.deepEqual(
    answers.map(({ id, error }) => [id, error]),
    [
      ['a', undefined],
      [null, 'line'],
      [2, 'truncated'],
      ['c', 'schema'],
      ['d', 'hex'],
      ['e', 'line'],
      ['f', undefined],
    ],
  )
  assert.equal(answers[0].xml, XML)
  assert.deepEqual([answers[2].bitOffset, answers[2].path], [13, '/supportedAppProtocolReq/AppProtocol/ProtocolNamespace'])
})

test('a stream of XML becomes EXI, documents and fragments', async () => {
  const answers = await runLines('encode', [
    { id: 1, schema: 'app_protocol', xml: XML },
    { id: 2, schema: 'iso15118-2', xml: SIGNED, fragment: true },
    { id: 3, schema: 'app_protocol', xml: XML.replace('<SchemaID>0</SchemaID>', '') },
    { id: 4, schema: 'app_protocol', xml: '<a' },
  ])
  assert.deepEqual(
    answers.map(({ id, exi_hex, error }) => [id, exi_hex ?? error]),
    [
      [1, HEX],
      [2, '8004bd00'],
      [3, 'unexpected'],
      [4, 'xml'],
    ],
  )
})

/** An EVCCID of seven bytes where the schema allows six. */
const LONG = '<b:EVCCID xmlns:b="urn:iso:15118:2:2013:MsgBody">01020304050607</b:EVCCID>'
const LONG_HEX = '80340380810182028303bd00'
const DEVIATION = { message: '7 bytes where 0 to 6 are allowed', path: '/EVCCID' }

test('a value of a length that the schema does not allow is converted and told, or refused where that is asked for', async () => {
  for (const [verb, from, to, input] of [
    ['encode', 'xml', 'exi_hex', LONG],
    ['decode', 'exi_hex', 'xml', LONG_HEX],
  ] as const) {
    const line = { id: 1, schema: 'iso15118-2', fragment: true, [from]: input }
    const [answer] = await runLines(verb, [line])
    assert.equal(typeof answer[to], 'string', JSON.stringify(answer))
    assert.deepEqual(
      [answer.deviations.length, answer.deviations[0].message, answer.deviations[0].path],
      [1, DEVIATION.message, DEVIATION.path],
    )
    const told = await run(verb, '--schema', 'iso15118-2', '--fragment', input)
    assert.deepEqual([told.code, told.printed, told.noted], [0, [answer[to]], `${DEVIATION.path}: ${DEVIATION.message}`])
    const refused = await run(verb, '--strict', '--schema', 'iso15118-2', '--fragment', input)
    assert.deepEqual([refused.code, refused.printed], [1, []])
    assert.match(refused.noted, /facet: 7 bytes where 0 to 6 are allowed .*\/EVCCID/)
  }
})

test('the stream comes from standard input where no file is named', () => {
  const input = `${JSON.stringify({ id: 1, schema: 'app_protocol', exi_hex: HEX })}\n`
  const main = join(import.meta.dirname, 'main.ts')
  const { stdout, status } = spawnSync(process.execPath, [main, 'exi', 'decode', '--jsonl'], { input, encoding: 'utf8' })
  assert.deepEqual([status, JSON.parse(stdout)], [0, { id: 1, xml: XML }])
})

const wrong: [sentence: string, argv: readonly string[], code: number, named: RegExp][] = [
  ['no schema', ['decode', HEX], 2, /--schema is missing/],
  ['an unknown schema', ['decode', '--schema', 'iso', HEX], 2, /none of app_protocol/],
  ['no hexadecimal', ['decode', '--schema', 'app_protocol', 'xy'], 2, /not hexadecimal/],
  ['a broken body', ['decode', '--schema', 'app_protocol', '8001'], 1, /truncated.*bit 13, \/supportedAppProtocolReq/],
  ['a file that is not there', ['decode', '--jsonl', join(folder, 'none')], 1, /cannot be read/],
]
for (const [sentence, argv, code, named] of wrong)
  test(`${sentence} is refused by name`, async () => {
    const result = await run(...argv)
    assert.equal(result.code, code)
    assert.match(result.noted, named)
  })
