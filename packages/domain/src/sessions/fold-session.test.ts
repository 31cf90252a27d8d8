import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EpochMs, epochMs, MINUTE, percent, seeded, wattHours, watts } from '@voltway/units'
import fc from 'fast-check'
import type { MeterSampled, TransactionReported } from './facts.ts'
import { foldSession } from './fold-session.ts'
import { ended, minute, sample, started, updated } from './testing/facts.ts'
import { usageOf } from './usage-of.ts'

type Fact = TransactionReported | MeterSampled
const kWh = (value: number) => wattHours(value * 1_000)

/** Plugged at 0, charging from 1, throttled by the station from 20 to 30, full at 50, gone at 90 minutes; an export in between. */
const SESSION: readonly Fact[] = [
  started(0, { seqNo: 0, chargingState: 'connected', idToken: 'AB12', registerWh: kWh(100) }),
  updated(1, { seqNo: 1, chargingState: 'charging' }),
  sample(10, { importWh: kWh(102), powerW: watts(11_000), socPercent: percent(40) }),
  updated(20, { seqNo: 2, chargingState: 'suspendedByStation' }),
  sample(20, { importWh: kWh(104), powerW: watts(0) }),
  updated(30, { seqNo: 3, chargingState: 'charging' }),
  sample(40, { importWh: kWh(106), exportWh: kWh(0.5), powerW: watts(11_000), socPercent: percent(60) }),
  updated(50, { seqNo: 4, chargingState: 'suspendedByVehicle' }),
  sample(50, { importWh: kWh(108), exportWh: kWh(0.5), powerW: watts(0), socPercent: percent(80) }),
  ended(90, { seqNo: 5, stopReason: 'driver', registerWh: kWh(108) }),
]

test('a whole session', () => {
  const fold = foldSession(SESSION)
  assert.equal(fold.state, 'ended')
  assert.deepEqual([fold.startedAt, fold.chargingEndedAt, fold.endedAt], [minute(0), minute(50), minute(90)])
  assert.deepEqual([fold.importWh, fold.exportWh, fold.idToken, fold.stopReason], [8_000, 0, 'AB12', 'driver'])
  assert.deepEqual([fold.socStart, fold.socPercent, fold.powerW], [40, 80, 0])
  assert.deepEqual([fold.suspect, fold.gaps, fold.evse], [[], [], { evse: 1, connector: 1 }])
  assert.deepEqual(
    fold.points.map(({ importWh }) => importWh),
    [0, 2_000, 4_000, 6_000, 8_000, 8_000],
  )
})

test('a power is as old as its reading, however new other facts are', () => {
  const fold = foldSession(SESSION.slice(0, 4))
  assert.deepEqual([fold.powerW, fold.powerAt, fold.lastFactAt], [11_000, minute(10), minute(20)])
})

test('so is the energy', () => {
  const before = foldSession(SESSION.slice(0, 4))
  const later = foldSession([...SESSION.slice(0, 4), sample(15, { powerW: watts(9_000) }), sample(18, { exportWh: kWh(0.5) })])
  assert.deepEqual([later.importWh, later.importAt, later.powerAt, later.lastFactAt], [before.importWh, minute(10), minute(15), minute(20)])
  assert.equal(foldSession([updated(1, { seqNo: 1 })]).importAt, undefined)
})

test('any order and any repetition of the facts gives the same fold', () => {
  const ahead = { ...sample(60, { importWh: kWh(108) }), receivedAt: minute(55) }
  const strays = [ahead, sample(95, { importWh: kWh(500) }), updated(99, { seqNo: 9, chargingState: 'charging' })]
  const all = [...SESSION, ...strays]
  const fold = foldSession(all)
  const order = fc.array(fc.nat(all.length - 1), { maxLength: 40 })
  fc.assert(
    fc.property(fc.shuffledSubarray([...all.keys()], { minLength: all.length }), order, fc.nat(600_000), (shuffled, repeats, lateMs) => {
      const resent = repeats.map((index): Fact => ({ ...all[index]!, receivedAt: epochMs(all[index]!.receivedAt + lateMs) }))
      assert.deepEqual(foldSession([...shuffled.map((index) => all[index]!), ...resent]), fold)
      assert.deepEqual(foldSession([...resent, ...shuffled.toReversed().map((index) => all[index]!)]), fold)
    }),
    { seed: 13, numRuns: 300 },
  )
})

test('random sessions fold the same from any order, and no register makes energy negative', () => {
  const register = fc.oneof(fc.integer({ min: -10, max: 60_000 }), fc.constantFrom(2 ** 31 - 5, 2 ** 32 - 5, -(2 ** 31), 0, 7))
  const fact = fc
    .tuple(fc.nat(200), fc.nat(3), register, fc.option(fc.integer({ min: 0, max: 22_000 }), { nil: undefined }))
    .map(([at, kind, wh, power]): Fact => {
      const registerWh = wattHours(wh)
      if (kind === 0) return started(at, { naturalKey: `start:${at}`, registerWh })
      if (kind === 1) return ended(at, { naturalKey: `stop:${at}`, registerWh })
      return sample(at, {
        importWh: registerWh,
        payloadHash: `${at} ${wh} ${power}`,
        powerW: power === undefined ? undefined : watts(power),
      })
    })
  fc.assert(
    fc.property(fc.array(fact, { minLength: 1, maxLength: 25 }), fc.integer(), (facts, seed) => {
      const random = seeded(seed)
      const fold = foldSession(facts)
      const shuffled = facts
        .map((one) => ({ one, rank: random() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => one)
      assert.deepEqual(foldSession([...shuffled, ...facts]), fold)
      for (const [index, point] of fold.points.entries()) {
        const before = fold.points[index - 1]
        assert.ok(point.importWh >= (before?.importWh ?? 0) && point.at >= (before?.at ?? fold.startedAt))
      }
      if (fold.endedAt !== undefined) assert.equal(fold.state, fold.suspect.length > 0 ? 'held' : 'ended')
    }),
    { seed: 17, numRuns: 1_000 },
  )
})

test('a stop without its start is a shell, held until the start comes', () => {
  const stop = ended(60, { naturalKey: 'stop', registerWh: kWh(110) })
  const shell = foldSession([stop])
  assert.deepEqual([shell.state, shell.suspect, shell.importWh], ['held', ['startUnknown'], 0])
  const whole = foldSession([stop, started(0, { registerWh: kWh(100) })])
  assert.deepEqual([whole.state, whole.suspect, whole.importWh], ['ended', [], 10_000])
})

test('nothing reopens an ended session, and readings after its end do not count', () => {
  const fold = foldSession([
    ...SESSION,
    updated(120, { seqNo: 6, chargingState: 'charging' }),
    sample(130, { importWh: kWh(200), powerW: watts(9_000) }),
  ])
  assert.deepEqual([fold.state, fold.importWh, fold.endedAt, fold.powerW], ['ended', 8_000, minute(90), 0])
  assert.deepEqual(fold.marks, ['factsAfterEnd'])
})

test('the final reading counts at the end where the end itself brought none', () => {
  const fold = foldSession([started(0, { registerWh: kWh(1) }), ended(30), sample(32, { context: 'Transaction.End', importWh: kWh(6) })])
  assert.deepEqual([fold.importWh, fold.points.at(-1)?.at], [5_000, minute(30)])
})

test('a reading just after the end counts for nothing where the end brought its own', () => {
  const late = sample(90.5, { importWh: kWh(109) })
  assert.equal(foldSession([...SESSION, late]).importWh, 8_000)
  assert.equal(foldSession([...SESSION.slice(0, -1), ended(90, { seqNo: 5 }), late]).importWh, 9_000)
})

test('missing sequence numbers are named', () => {
  const fold = foldSession([started(0, { seqNo: 0 }), updated(1, { seqNo: 3 }), ended(2, { seqNo: 5 })])
  assert.deepEqual(
    [fold.gaps, fold.marks],
    [
      [
        { from: 1, to: 2 },
        { from: 4, to: 4 },
      ],
      ['sequenceGap'],
    ],
  )
})

test('a stop older than its start is held', () => {
  const fold = foldSession([started(10), ended(5)])
  assert.deepEqual([fold.state, fold.suspect, fold.endedAt], ['held', ['endedBeforeStart'], minute(10)])
})

test('a session that charged and was never read is held', () => {
  const fold = foldSession([started(0, { chargingState: 'charging' }), ended(30)])
  assert.deepEqual([fold.state, fold.suspect], ['held', ['noReadings']])
})

test('a clock ahead of ours by more than a minute is marked', () => {
  const fact = started(0)
  assert.deepEqual(foldSession([{ ...fact, receivedAt: epochMs(fact.occurredAt - 61_000) }]).marks, ['clockAhead'])
  assert.deepEqual(foldSession([{ ...fact, receivedAt: epochMs(fact.occurredAt - 59_000) }]).marks, [])
})

for (const { name, facts, state, chargingEnd } of [
  { name: 'plugged in', facts: [started(0, { chargingState: 'connected' })], state: 'pending', chargingEnd: undefined },
  { name: 'charging', facts: SESSION.slice(0, 3), state: 'charging', chargingEnd: undefined },
  { name: 'made to wait by the station: not idle', facts: SESSION.slice(0, 5), state: 'suspended', chargingEnd: undefined },
  { name: 'full: idle since', facts: SESSION.slice(0, 9), state: 'suspended', chargingEnd: 50 },
  {
    name: 'charging ended, still connected',
    facts: [...SESSION.slice(0, 3), updated(15, { seqNo: 8, chargingState: 'connected' })],
    state: 'idle',
    chargingEnd: 15,
  },
  {
    name: '1.6: power says when it ended',
    facts: [
      started(0, { registerWh: kWh(0) }),
      sample(10, { powerW: watts(7_000), importWh: kWh(1) }),
      sample(20, { powerW: watts(0), importWh: kWh(1.5) }),
    ],
    state: 'suspended',
    chargingEnd: 10,
  },
  {
    name: '1.6: the register says when it ended',
    facts: [started(0, { registerWh: kWh(0) }), sample(10, { importWh: kWh(1) }), sample(40, { importWh: kWh(1) })],
    state: 'suspended',
    chargingEnd: 10,
  },
  {
    name: '1.6: a register that stands still for five minutes is not an end',
    facts: [started(0, { registerWh: kWh(0) }), sample(10, { importWh: kWh(1) }), sample(15, { importWh: kWh(1) })],
    state: 'charging',
    chargingEnd: undefined,
  },
  {
    name: 'charging again after a pause',
    facts: [...SESSION.slice(0, 9), updated(60, { seqNo: 7, chargingState: 'charging' })],
    state: 'charging',
    chargingEnd: undefined,
  },
] as const) {
  test(`state of a session that goes on: ${name}`, () => {
    const fold = foldSession(facts)
    const expected: EpochMs | undefined = chargingEnd === undefined ? undefined : minute(chargingEnd)
    assert.deepEqual([fold.state, fold.chargingEndedAt], [state, expected])
    assert.deepEqual(usageOf(fold, minute(70)).chargingEndedAt, expected)
  })
}

test('a car that never charged pays for no idle time', () => {
  const fold = foldSession([started(0), updated(1, { seqNo: 1, chargingState: 'suspendedByVehicle' }), ended(200)])
  const usage = usageOf(fold, minute(300))
  assert.deepEqual([usage.chargingEndedAt, usage.disconnectedAt], [minute(200), minute(200)])
})

test('usage as of a moment knows no later end, and knows the end of that very moment', () => {
  const parted = usageOf(foldSession(SESSION), minute(90))
  assert.deepEqual([parted.chargingEndedAt, parted.disconnectedAt], [minute(50), minute(90)])
  const usage = usageOf(foldSession(SESSION), epochMs(minute(40) + MINUTE))
  assert.deepEqual([usage.chargingEndedAt, usage.disconnectedAt], [undefined, undefined])
})

test('a reading without power at the end is no pause before it', () => {
  const facts = [
    started(0, { registerWh: kWh(0) }),
    sample(15, { importWh: kWh(2), powerW: watts(8_000) }),
    sample(20, { importWh: kWh(2.6), powerW: watts(0), context: 'Transaction.End' }),
    ended(20, { registerWh: kWh(2.6) }),
  ]
  assert.equal(foldSession(facts).chargingEndedAt, minute(20))
})

test('what a station says of pauses counts before what its meter shows, to the moment', () => {
  const metered = [
    started(0, { registerWh: kWh(0) }),
    sample(15, { importWh: kWh(2), powerW: watts(8_000) }),
    sample(30, { importWh: kWh(3), powerW: watts(0) }),
    ended(60, { registerWh: kWh(3) }),
  ]
  const charging = updated(0, { naturalKey: 'status:Charging', chargingState: 'charging' })
  const full = updated(22, { naturalKey: 'status:SuspendedEV', chargingState: 'suspendedByVehicle' })
  assert.equal(foldSession(metered).chargingEndedAt, minute(15))
  assert.equal(foldSession([...metered, charging]).chargingEndedAt, minute(15), 'a station that tells no pauses')
  assert.equal(foldSession([...metered, charging, full]).chargingEndedAt, minute(22))
  const late = foldSession([...metered, full])
  assert.deepEqual([late.chargingEndedAt, late.charged], [minute(22), true], 'where the word that it charges came too early')
})

test('what is said of the lock is the last word by the station’s time, moves nothing else, and comes after the end as a rule', () => {
  const lock = (word: 'locked' | 'unlocked', at: number) => updated(at, { naturalKey: `plug:${word}:${at}`, plug: word })
  const without = foldSession(SESSION)
  const said = [lock('locked', 0), lock('unlocked', 300), lock('unlocked', 300)]
  for (const facts of [
    [...SESSION, ...said],
    [...said, ...SESSION],
  ]) {
    const { plug, ...rest } = foldSession(facts)
    assert.deepEqual(plug, { word: 'unlocked', at: minute(300) })
    assert.deepEqual({ ...rest, plug: undefined }, without)
  }
  assert.equal(without.plug, undefined)
  assert.equal(foldSession([...SESSION, said[0]!]).plug?.word, 'locked')
  assert.deepEqual(foldSession([said[0]!]).plug?.word, 'locked', 'the lock may be all that was heard yet')
})

const fault = (seconds: number, code: string) => {
  const at = epochMs(minute(30) + seconds * 1_000)
  return updated(30, { naturalKey: `fault:${code}:${at}`, occurredAt: at, receivedAt: at, fault: code })
}

test('a fault beside an end that does not say why is what the session ended of', () => {
  const endsBy = (stopReason: TransactionReported['stopReason'], ...faults: readonly TransactionReported[]) => {
    const fold = foldSession([
      started(0, { registerWh: kWh(1) }),
      ...faults,
      ended(30, { naturalKey: 'stop', stopReason, registerWh: kWh(4) }),
    ])
    return [fold.stopReason, fold.fault]
  }
  for (const [stopReason, faults, expected] of [
    ['other', [fault(-20, 'GroundFailure')], ['fault', 'GroundFailure']],
    ['fault', [fault(-20, 'OverVoltage')], ['fault', 'OverVoltage']],
    ['fault', [], ['fault', undefined]],
    [undefined, [fault(-60, 'GroundFailure')], ['fault', 'GroundFailure']],
    [undefined, [], ['driver', undefined]],
    ['other', [], ['other', undefined]],
    // Just after the end too, but a stop without a reason is the driver's.
    ['other', [fault(60, 'GroundFailure')], ['fault', 'GroundFailure']],
    [undefined, [fault(1, 'GroundFailure')], ['driver', undefined]],
    // Of several, the last before the end, else the first after it.
    ['other', [fault(-30, 'OverVoltage'), fault(-10, 'GroundFailure'), fault(5, 'OtherError')], ['fault', 'GroundFailure']],
    ['other', [fault(20, 'OverVoltage'), fault(5, 'OtherError')], ['fault', 'OtherError']],
    // A fault that was over long before, and one that came long after.
    ['other', [fault(-61, 'GroundFailure')], ['other', undefined]],
    ['other', [fault(61, 'GroundFailure')], ['other', undefined]],
    ['unplugged', [fault(-5, 'GroundFailure')], ['unplugged', undefined]],
    ['driver', [fault(-5, 'GroundFailure')], ['driver', undefined]],
    ['reset', [fault(-5, 'InternalError')], ['reset', undefined]],
  ] as const)
    assert.deepEqual(endsBy(stopReason, ...faults), expected, `${stopReason} with ${faults.map(({ naturalKey }) => naturalKey)}`)
})

test('a session that never came beyond a fault from just before its start ended of it', () => {
  const broken = { ...fault(0, 'GroundFailure'), occurredAt: epochMs(minute(0) - 20_000) }
  const endedAt = (minutes: number) => {
    const fold = foldSession([started(0, { registerWh: kWh(1) }), broken, ended(minutes, { naturalKey: 'stop', stopReason: 'other' })])
    return [fold.startedAt, fold.stopReason, fold.fault]
  }
  assert.deepEqual(endedAt(0.5), [minute(0), 'fault', 'GroundFailure'])
  assert.deepEqual(endedAt(1), [minute(0), 'other', undefined])
})

test('faults say nothing of energy, time or state, and fold the same in any order', () => {
  const plain = SESSION.map((fact) => (fact.kind === 'transaction.ended' ? { ...fact, stopReason: 'other' as const } : fact))
  const near = (seconds: number) => ({ ...fault(seconds, 'GroundFailure'), occurredAt: epochMs(minute(90) + seconds * 1_000) })
  const all = [...plain, near(-10), near(30), fault(0, 'OverVoltage')]
  const fold = foldSession(all)
  assert.deepEqual(fold, { ...foldSession(plain), stopReason: 'fault', fault: 'GroundFailure' })
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), fc.shuffledSubarray(all), (shuffled, again) => {
      assert.deepEqual(foldSession([...shuffled, ...again]), fold)
    }),
    { seed: 29, numRuns: 200 },
  )
})
