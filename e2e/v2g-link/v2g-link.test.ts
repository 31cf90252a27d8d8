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
const skip = why === undefined ? false : `no network namespaces here: ${why}`
execFileSync(process.execPath, [main, 'pki', 'test', '--out', pki], { stdio: 'ignore' })

const session = async (station: string, car: string) => {
  const { status, stderr } = await onCable(`
rm -f ${folder}/ready
${voltway} v2g secc --iface veth-secc ${station} --once --json > ${folder}/secc 2> ${folder}/ready & station=$!
while [ ! -s ${folder}/ready ]; do kill -0 $station; sleep 0.1; done
$in_car ${voltway} v2g evcc --iface veth-evcc ${car} --charge-for 1 --json > ${folder}/evcc
wait $station`)
  assert.equal(status, 0, stderr)
  return { secc: await read('secc'), evcc: await read('evcc') }
}

type Case = readonly [sentence: string, station: string, car: string, tls: string | undefined, messages: readonly string[]]
const cases: readonly Case[] = [
  [
    'by contract over TLS 1.3',
    `--pki ${pki}`,
    `--pki ${pki} --contract --key-log ${folder}/keys`,
    '1.3',
    ['SessionSetupRes', 'AuthorizationRes', 'ScheduleExchangeRes', 'AC_ChargeLoopRes', 'SessionStopRes'],
  ],
  [
    'by contract of ISO 15118-2 over TLS 1.2',
    `--pki ${pki} --current dc`,
    `--pki ${pki} --current dc --contract --protocol iso15118-2`,
    '1.2',
    ['PaymentDetailsRes', 'AuthorizationRes', 'CableCheckRes', 'CurrentDemandRes', 'SessionStopRes'],
  ],
  [
    'by DIN 70121, which knows no TLS',
    `--trusted --current dc`,
    `--plain --current dc --protocol din70121`,
    undefined,
    ['ContractAuthenticationRes', 'CableCheckRes', 'CurrentDemandRes', 'SessionStopRes'],
  ],
  [
    'in both directions as the station steers it',
    `--pki ${pki} --current ac --set-point=-3000`,
    `--pki ${pki} --current ac --both-ways --dynamic`,
    '1.3',
    ['AuthorizationRes', 'AC_ChargeLoopRes', 'SessionStopRes'],
  ],
]
for (const [sentence, station, car, tls, messages] of cases)
  test(`a car finds its station by multicast over link-local addresses and charges ${sentence}`, { skip }, async () => {
    const ends = await session(station, car)
    for (const [file, peer] of [
      ['secc', 'fe80::eacc'],
      ['evcc', 'fe80::5ecc'],
    ] as const) {
      const events = ends[file]
      const answer = events.find(({ message }) => message === 'SDPResponse')
      const link = events.find(({ kind }) => kind === 'link')
      assert.deepEqual([answer?.address, link?.tls, link?.peer?.startsWith(`[${peer}`)], ['fe80::5ecc', tls, true])
      const names = new Set(events.filter(({ kind }) => kind === 'message').map(({ message }) => message))
      for (const message of messages) assert.ok(names.has(message), `${file}: ${message}`)
      assert.deepEqual([events.at(-1)?.kind, events.at(-1)?.code], ['ended', 'finished'])
    }
    if (car.includes('--key-log'))
      assert.match(await readFile(join(folder, 'keys'), 'utf8'), /^CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]{96}$/m)
  })
