import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makeIso20TestPki, makeTestPki, testPkiFiles } from '@voltway/pki'
import { now } from './clock.ts'
import { writeTestPki } from './pki/write-test-pki.ts'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'
import { onCable, whyNoNamespaces } from './v2g/testing/two-namespaces.ts'

const folder = await mkdtemp(join(tmpdir(), 'voltway-link-'))
after(() => rm(folder, { recursive: true }))
const pki = join(folder, 'pki')
await writeTestPki(
  pki,
  [
    { name: 'iso15118-2', made: makeTestPki({ now: now(), random: randomBytes }) },
    { name: 'iso15118-20', made: makeIso20TestPki({ now: now(), random: randomBytes }) },
  ].flatMap(({ name, made }) => testPkiFiles(made).map((file) => ({ ...file, path: `${name}/${file.path}` }))),
)

interface Told {
  readonly kind: string
  readonly from: string
  readonly message: string
  readonly tls?: string
  readonly peer?: string
  readonly code?: string
  readonly address?: string
}

const read = async (file: string): Promise<readonly Told[]> =>
  (await readFile(join(folder, file), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

const why = whyNoNamespaces()
const voltway = `${process.execPath} ${join(import.meta.dirname, 'main.ts')}`
test('a car finds its station by multicast and charges by contract over link-local addresses and TLS', {
  skip: why === undefined ? false : `no network namespaces here: ${why}`,
}, async () => {
  const { status, stderr } = await onCable(`
${voltway} v2g secc --iface veth-secc --pki ${pki} --once --json > ${folder}/secc & station=$!
$in_car ${voltway} v2g evcc --iface veth-evcc --pki ${pki} --contract --charge-for 1 --json > ${folder}/evcc
wait $station`)
  assert.equal(status, 0, stderr)
  for (const [file, peer] of [
    ['secc', 'fe80::eacc'],
    ['evcc', 'fe80::5ecc'],
  ] as const) {
    const events = await read(file)
    const answer = events.find(({ message }) => message === 'SDPResponse')
    const link = events.find(({ kind }) => kind === 'link')
    assert.deepEqual([answer?.address, link?.tls, link?.peer?.startsWith(`[${peer}`)], ['fe80::5ecc', '1.3', true])
    const names = new Set(events.filter(({ kind }) => kind === 'message').map(({ message }) => message))
    for (const message of ['SessionSetupRes', 'PaymentDetailsRes', 'ChargingStatusRes', 'SessionStopRes'])
      assert.ok(names.has(message), `${file}: ${message}`)
    assert.deepEqual([events.at(-1)?.kind, events.at(-1)?.code], ['ended', 'finished'])
  }
})

const run = async (...argv: readonly string[]) => {
  const printed: string[] = []
  const note = (text: string) => printed.push(text)
  const code = await runCommand(REGISTRY, ['v2g', ...argv], { env: {}, root: folder, out: note, note })
  return { code, printed: printed.join('\n') }
}

const refused: [argv: readonly string[], words: RegExp][] = [
  [['secc'], /--iface is missing.*\n.*name the interface/],
  [['secc', '--iface', 'nowhere0'], /nowhere0 has no IPv6 address of the link/],
  [['secc', '--iface', 'lo', '--current', 'tesla'], /--current tesla is not known/],
  [['secc', '--iface', 'lo', '--port', '99999', '--trusted'], /--port 99999 is not known/],
  [['secc', '--iface', 'lo'], /nothing to offer.*\n.*give --pki FOLDER/],
  [['secc', '--iface', 'lo', '--pki', folder], /has no certificate of a station/],
  [['evcc', '--iface', 'lo'], /Neither --pki nor --plain/],
  [['evcc', '--iface', 'lo', '--pki', folder], /has no V2G root/],
  [['evcc', '--iface', 'lo', '--plain', '--contract'], /There is no contract to pay by/],
]
for (const [argv, words] of refused)
  test(`v2g ${argv.join(' ').replace(folder, 'FOLDER')} is refused with what to do`, async () => {
    const { code, printed } = await run(...argv)
    assert.ok(code === 1 || code === 2)
    assert.match(printed, words)
  })

test('the help of both ends names their options', async () => {
  for (const verb of ['secc', 'evcc']) assert.match((await run(verb, '--help')).printed, /--iface <name>[\s\S]*--key-log <file>/)
})
