import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { onCable, whyNoNamespaces } from './two-namespaces.ts'

// Both ends of a cable as two programs in two network namespaces: real multicast, real link-local addresses, real TLS.
const folder = await mkdtemp(join(tmpdir(), 'voltway-link-'))
after(() => rm(folder, { recursive: true }))
const pki = join(folder, 'pki')
const main = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts')
const voltway = `${process.execPath} ${main}`

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
test('a car finds its station by multicast and charges by contract over link-local addresses and TLS', {
  skip: why === undefined ? false : `no network namespaces here: ${why}`,
}, async () => {
  execFileSync(process.execPath, [main, 'pki', 'test', '--out', pki], { stdio: 'ignore' })
  const { status, stderr } = await onCable(`
${voltway} v2g secc --iface veth-secc --pki ${pki} --once --json > ${folder}/secc 2> ${folder}/ready & station=$!
while [ ! -s ${folder}/ready ]; do kill -0 $station; sleep 0.1; done
$in_car ${voltway} v2g evcc --iface veth-evcc --pki ${pki} --contract --charge-for 1 --key-log ${folder}/keys --json > ${folder}/evcc
wait $station`)
  assert.equal(status, 0, stderr)
  assert.match(await readFile(join(folder, 'keys'), 'utf8'), /^CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]{96}$/m)
  for (const [file, peer] of [
    ['secc', 'fe80::eacc'],
    ['evcc', 'fe80::5ecc'],
  ] as const) {
    const events = await read(file)
    const answer = events.find(({ message }) => message === 'SDPResponse')
    const link = events.find(({ kind }) => kind === 'link')
    assert.deepEqual([answer?.address, link?.tls, link?.peer?.startsWith(`[${peer}`)], ['fe80::5ecc', '1.3', true])
    const names = new Set(events.filter(({ kind }) => kind === 'message').map(({ message }) => message))
    for (const message of ['SessionSetupRes', 'AuthorizationRes', 'ScheduleExchangeRes', 'AC_ChargeLoopRes', 'SessionStopRes'])
      assert.ok(names.has(message), `${file}: ${message}`)
    assert.deepEqual([events.at(-1)?.kind, events.at(-1)?.code], ['ended', 'finished'])
  }
})
