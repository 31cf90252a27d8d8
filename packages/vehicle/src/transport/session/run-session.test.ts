import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { after, test } from 'node:test'
import { encodeFrame, PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import type { Input, Output, Step } from '../../machine/index.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { socketPair, until } from '../testing/socket-pair.ts'
import type { TransportEvent } from '../transport-event.ts'
import { runSession, type SessionOptions } from './run-session.ts'

const opened: Socket[] = []
after(() => {
  for (const socket of opened) socket.destroy()
})

type Word = 'answer' | 'fail' | 'end' | 'again'
type Told = 'question' | 'powerOff' | 'timedOut' | 'linkLost'
type Outputs = readonly Output<Told>[]

const TIMER = 'V2G_SECC_Sequence_Timeout'
const PACE = 'Voltway_EVCC_Pace'
const ANSWER: Output<Told> = { kind: 'send', payloadType: PAYLOAD_TYPE.exi, payload: Uint8Array.of(0x80, 0x40, 0, 0, 0) }
const START: Outputs = [{ kind: 'startTimer', timer: TIMER, milliseconds: 1_000 }]
const tell = (told: Told): Output<Told> => ({ kind: 'tell', told })
const end = (code: 'finished' | 'timeout' | 'linkLost'): Output<Told> => ({ kind: 'endLink', reason: { code } })

/** A machine that counts its inputs, asks its environment on every frame, and gives up when the timer runs out. */
const outputsOf = (input: Input<Word>): Outputs => {
  switch (input.kind) {
    case 'frame':
      return [tell('question'), { kind: 'startTimer', timer: PACE, milliseconds: Number.POSITIVE_INFINITY }]
    case 'timer':
      return [tell('timedOut'), end('timeout')]
    case 'linkEnded':
      return [tell('linkLost'), end('linkLost')]
    case 'word':
      if (input.word === 'fail') throw new Error('the machine broke')
      if (input.word === 'end') return [ANSWER, end('finished')]
      return [ANSWER, ...START]
  }
}
const step = (state: number, input: Input<Word>): Step<number, Told> => ({ state: state + 1, outputs: outputsOf(input) })

const running = async (onTold: SessionOptions<number, Word, Told>['onTold'], more: Partial<SessionOptions<number, Word, Told>> = {}) => {
  const [near, far] = await socketPair()
  opened.push(near, far)
  const time = manualClock()
  const events: TransportEvent[] = []
  const told: Told[] = []
  const answers: Buffer[] = []
  far.on('data', (bytes: Buffer) => answers.push(bytes))
  const session = runSession<number, Word, Told>({
    party: 'secc',
    link: { socket: near, peer: '[::1]:1', tls: undefined },
    clock: time.clock,
    onEvent: (event) => events.push(event),
    start: () => ({ state: 0, outputs: START }),
    step,
    stateName: (state) => `state ${state}`,
    onTold: (one, say) => {
      told.push(one)
      onTold(one, say)
    },
    safe: 'powerOff',
    ...more,
  })
  const ask = () => far.write(encodeFrame({ payloadType: PAYLOAD_TYPE.exi, payload: Uint8Array.of(0x80, 0) }))
  return { far, time, events, told, session, ask, answered: () => Buffer.concat(answers).length }
}

const shown = (events: readonly TransportEvent[]) => events.map(({ kind, from, message }) => `${kind} ${from} ${message}`)

test('frames, words and outputs take their turns, and each is an event', async () => {
  const { session, ask, events, answered, time } = await running((told, say) => {
    if (told === 'question') say('answer')
  })
  ask()
  await until(() => answered() === 13)
  assert.deepEqual(shown(events), [
    'state secc state 0',
    'message evcc ?',
    'state secc state 1',
    'message secc supportedAppProtocolRes',
    'state secc state 2',
  ])
  session.say('end')
  const { reason, link } = await session.ended
  assert.deepEqual([reason, link], [{ code: 'finished' }, { code: 'own', message: 'finished' }])
  assert.deepEqual(shown(events).slice(-2), ['state secc state 3', 'ended secc ended'])
  session.say('answer')
  assert.equal(shown(events).at(-1), 'ended secc ended')
  // Only the time that the peer has to close is still running, if it has not closed yet.
  assert.ok(time.waiting() <= 1)
})

test('a timer runs out once; one that is started anew begins anew; one without end never does', async () => {
  const { session, ask, answered, time, told } = await running((one, say) => {
    if (one === 'question') say('answer')
  })
  time.pass(900)
  ask()
  await until(() => answered() === 13)
  time.pass(900)
  assert.deepEqual(told, ['question'])
  time.pass(100)
  const { reason } = await session.ended
  assert.deepEqual([reason?.code, told.at(-1)], ['timeout', 'timedOut'])
})

const broken: [sentence: string, send: (far: Socket) => void, code: string][] = [
  ['closes', (far) => far.end(), 'peer'],
  ['breaks off', (far) => far.resetAndDestroy(), 'reset'],
  ['sends what is no V2GTP', (far) => far.write('SSH-2.0-OpenSSH_9.2\r\n'), 'header'],
]
for (const [sentence, send, code] of broken)
  test(`a peer that ${sentence} is told to the machine, and the end says ${code}`, async () => {
    const { session, far, told, events } = await running(() => {})
    send(far)
    const { reason, link } = await session.ended
    assert.deepEqual([reason?.code, link.code, told], ['linkLost', code, ['linkLost']])
    const last = events.at(-1)
    assert.equal(last?.kind === 'ended' && `${last.code} ${last.detail?.split(':')[0]}`, `linkLost ${code}`)
  })

const defects: [sentence: string, onTold: SessionOptions<number, Word, Told>['onTold'], words: RegExp][] = [
  [
    'an environment that throws',
    (told) => {
      if (told === 'question') throw new Error('the station broke')
    },
    /the station broke/,
  ],
  [
    'a machine that throws',
    (told, say) => {
      if (told === 'question') say('fail')
    },
    /the machine broke/,
  ],
  [
    'an environment that throws always',
    () => {
      throw new Error('always')
    },
    /always/,
  ],
  [
    'an environment that talks without end',
    (told, say) => {
      if (told === 'question') for (let times = 0; times < 5_000; times++) say('again')
    },
    /more words than the machine can take/,
  ],
]
for (const [sentence, onTold, words] of defects)
  test(`${sentence} ends the session as a defect, and the power is told to go off`, async () => {
    const { session, ask, told, events } = await running(onTold)
    ask()
    const { defect } = await session.ended
    assert.match(defect ?? '', words)
    assert.equal(told.at(-1), 'powerOff')
    const last = events.at(-1)
    assert.equal(last?.kind === 'ended' && last.code, 'defect')
  })

test('a machine that throws at once is a defect, too', async () => {
  const { session, told } = await running(() => {}, {
    start: () => {
      throw new Error('no start')
    },
  })
  assert.deepEqual([(await session.ended).defect, told], ['no start', ['powerOff']])
})

test('an observer that throws changes nothing', async () => {
  const { session, ask, answered } = await running(
    (told, say) => {
      if (told === 'question') say('answer')
    },
    {
      onEvent: () => {
        throw new Error('the log is full')
      },
    },
  )
  ask()
  await until(() => answered() === 13)
  session.say('end')
  assert.equal((await session.ended).reason?.code, 'finished')
})

test('a link that was gone before the session began ends it at once', async () => {
  const [near] = await socketPair()
  opened.push(near)
  near.destroy()
  await until(() => near.closed)
  const { session } = await running(() => {}, { link: { socket: near, peer: '', tls: undefined } })
  assert.equal((await session.ended).reason?.code, 'linkLost')
})
