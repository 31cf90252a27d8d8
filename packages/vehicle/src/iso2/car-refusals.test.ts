import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIN70121_DIALECT } from '../din70121/din70121-dialect.ts'
import { din70121Evcc, din70121Secc } from '../din70121/index.ts'
import type { EvccPolicy } from '../machine/policy.ts'
import { type CableOptions, runCable } from '../testing/cable.ts'
import { dcCable } from '../testing/dc-peers.ts'
import type { Dialect } from './dialect.ts'
import { iso2Evcc, iso2Secc } from './index.ts'
import { ISO2_DIALECT } from './iso2-dialect.ts'
import type { Message, MessageName, ResponseBody } from './message.ts'

const CABLES = [
  { dialect: ISO2_DIALECT, cable: dcCable(iso2Secc, iso2Evcc) },
  { dialect: DIN70121_DIALECT, cable: dcCable(din70121Secc, din70121Evcc) },
] as const

/** Changes what the station sends: the first response of a kind only, or all of them. */
const changing =
  (dialect: Dialect, wanted: MessageName, change: (message: Message) => Message | undefined): NonNullable<CableOptions['onWire']> =>
  (payload, from) => {
    const read = dialect.read(payload)
    if (from === 'evcc' || !read.ok || read.value.body.kind !== 'response' || read.value.body.message !== wanted) return payload
    const changed = change(read.value)
    if (changed === undefined) return Uint8Array.of(0x80, 0xff)
    const written = dialect.write(changed)
    return written.ok ? written.value : assert.fail(written.failure.detail)
  }
const withBody = (message: Message, body: ResponseBody): Message => ({ ...message, body: { kind: 'response', ...body } })
const OK: ResponseBody = { message: 'SessionStop', value: { ResponseCode: 'OK' } }

const wrongs: readonly (readonly [
  sentence: string,
  wanted: MessageName,
  change: (message: Message) => Message | undefined,
  code: string,
])[] = [
  [
    'a response of another session',
    'ServiceDiscovery',
    (message) => ({ ...message, sessionId: new Uint8Array(8).fill(9) }),
    'unknownSession',
  ],
  ['a response to another question', 'Authorization', (message) => withBody(message, OK), 'sequence'],
  ['a response that cannot be read', 'CableCheck', () => undefined, 'undecodable'],
  [
    'a request from a station',
    'PreCharge',
    (message) => ({ ...message, body: { kind: 'request', message: 'ServiceDiscovery', value: {} } }),
    'sequence',
  ],
]
for (const { dialect, cable } of CABLES)
  for (const [sentence, wanted, change, code] of wrongs)
    test(`${sentence} ends the session of a car of ${dialect.name}, whose contactor is open`, () => {
      const { ends, log } = runCable({ ...cable, onWire: changing(dialect, wanted, change) })
      assert.equal(ends.evcc?.code, code)
      assert.equal(ends.secc?.code, 'linkLost')
      const told = log.flatMap(({ from, output }) => (from === 'evcc' && output.kind === 'tell' ? [output.told] : []))
      assert.ok(told.some((one) => one.told === 'openContactor' && one.urgent))
    })

const isolated = (message: Message, EVSEIsolationStatus: 'Invalid' | 'Fault'): Message => {
  const { body } = message
  if (body.kind !== 'response' || body.message !== 'CableCheck') return message
  return withBody(message, {
    message: 'CableCheck',
    value: { ...body.value, DC_EVSEStatus: { ...body.value.DC_EVSEStatus, EVSEIsolationStatus } },
  })
}
const unscheduled = (message: Message): Message => {
  const { body } = message
  if (body.kind !== 'response' || body.message !== 'ChargeParameterDiscovery') return message
  const { SAScheduleList: _, ...value } = body.value
  return withBody(message, { message: 'ChargeParameterDiscovery', value })
}
const plainOk = (message: Message): Message => {
  const { body } = message
  if (body.kind !== 'response' || body.message !== 'SessionSetup') return message
  return withBody(message, { message: 'SessionSetup', value: { ...body.value, ResponseCode: 'OK' } })
}
const otherSession = (message: Message): Message => ({ ...message, sessionId: new Uint8Array(8).fill(9) })

const FINISHED = 'finished'
const policies: readonly (readonly [
  sentence: string,
  wanted: MessageName,
  change: (message: Message) => Message,
  policy: Partial<EvccPolicy>,
  code: string,
])[] = [
  [
    'an isolation that is not known',
    'CableCheck',
    (message) => isolated(message, 'Invalid'),
    { isolationNotValid: 'refuse' },
    'incompatible',
  ],
  ['an isolation that is not known', 'CableCheck', (message) => isolated(message, 'Invalid'), { isolationNotValid: 'accept' }, FINISHED],
  ['a faulty isolation', 'CableCheck', (message) => isolated(message, 'Fault'), { isolationNotValid: 'accept' }, 'incompatible'],
  ['no schedule', 'ChargeParameterDiscovery', unscheduled, { missingSchedule: 'refuse' }, 'incompatible'],
  ['no schedule', 'ChargeParameterDiscovery', unscheduled, { missingSchedule: 'accept' }, FINISHED],
  ['a plain OK to SessionSetup', 'SessionSetup', plainOk, { plainOkAtSetup: 'refuse' }, 'sequence'],
  ['a plain OK to SessionSetup', 'SessionSetup', plainOk, { plainOkAtSetup: 'accept' }, FINISHED],
  ["another session's id", 'CurrentDemand', otherSession, { wrongSessionId: 'refuse' }, 'unknownSession'],
  ["another session's id", 'CurrentDemand', otherSession, { wrongSessionId: 'ignore' }, FINISHED],
]
for (const [sentence, wanted, change, policy, code] of policies)
  test(`a car with ${JSON.stringify(policy)} that meets ${sentence} ends ${code}`, () => {
    const { dialect, cable } = CABLES[0]
    const { ends } = runCable({
      ...cable,
      evcc: { ...cable.evcc, policy: { ...cable.evcc.policy, ...policy } },
      onWire: changing(dialect, wanted, change),
      car: (told) => (told.told === 'offers' ? [{ word: 'choose', profile: { scheduleId: 1, entries: [] } }] : []),
      carSays: [[20_000, { word: 'stop' }]],
    })
    assert.equal(ends.evcc?.code, code)
  })

test('a station that ignores wrong session ids serves a car that sends them', () => {
  const { dialect, cable } = CABLES[1]
  const zeros: NonNullable<CableOptions['onWire']> = (payload, from) => {
    const read = dialect.read(payload)
    if (from === 'secc' || !read.ok) return payload
    const written = dialect.write({ ...read.value, sessionId: new Uint8Array(8) })
    return written.ok ? written.value : payload
  }
  const run = (wrongSessionId: 'refuse' | 'ignore') =>
    runCable({
      ...cable,
      secc: { ...cable.secc, policy: { ...cable.secc.policy, wrongSessionId } },
      onWire: zeros,
      carSays: [[20_000, { word: 'stop' }]],
    }).ends.secc?.code
  assert.equal(run('refuse'), 'unknownSession')
  assert.equal(run('ignore'), 'finished')
})
