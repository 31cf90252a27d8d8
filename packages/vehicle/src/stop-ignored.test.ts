import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '@voltway/units'
import { iso2Evcc, iso2Secc } from './iso2/index.ts'
import { connect } from './iso20/testing/cable.ts'
import { evccOptions, obligingCar, obligingEnds } from './iso20/testing/ends.ts'
import { EVCC_POLICY } from './machine/policy.ts'
import type { StationTold, StationWord } from './machine/station-words.ts'
import { STOP_GRACE } from './machine/timeouts.ts'
import { runCable } from './testing/cable.ts'
import { dcCable } from './testing/dc-peers.ts'
import { EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from './testing/peers.ts'

const DEAF = { ...EVCC_POLICY, stopNotice: 'ignore' } as const
const CUT_OFF = { code: 'stopIgnored', timer: 'Voltway_SECC_Stop' }
const STOP: StationWord = { word: 'stop', within: seconds(5) }
const ASKED_AT = 20_000
const DEADLINE = ASKED_AT + 5_000 + STOP_GRACE

/** When the station was told to open, and the last it was told. */
const endOf = (told: readonly (StationTold & { readonly at: number })[]) => {
  const opened = told.filter((one) => one.told === 'openContactor').map(({ at, urgent }) => [at, urgent])
  return [opened, told.at(-1)?.told]
}

const AC = {
  secc: { ...SECC_OPTIONS, protocols: [iso2Secc] },
  evcc: { ...EVCC_OPTIONS, protocols: [iso2Evcc] },
  station: willingStation(),
  car: willingCar,
}

for (const [name, ends] of [
  ['ISO 15118-2, alternating current', AC],
  ['ISO 15118-2, direct current', dcCable(iso2Secc, iso2Evcc)],
] as const)
  test(`${name}: a car that draws on when it is asked to stop is cut off when its time is over, and both ends know why`, () => {
    const { log, ends: how } = runCable({ ...ends, evcc: { ...ends.evcc, policy: DEAF }, stationSays: [[ASKED_AT, STOP]] })
    assert.deepEqual(how.secc, CUT_OFF)
    assert.equal(how.evcc?.code, 'linkLost')
    const told = log.flatMap(({ at, from, output }) =>
      from === 'secc' && output.kind === 'tell' ? [{ ...(output.told as StationTold), at }] : [],
    )
    assert.deepEqual(endOf(told), [[[DEADLINE, true]], 'ended'])
  })

for (const transfer of ['AC_three_phase', 'DC_BPT'] as const)
  test(`ISO 15118-20, ${transfer}: a car that draws on when it is asked to stop is cut off when its time is over`, () => {
    const course = connect(
      obligingEnds(transfer, { evcc: evccOptions(transfer, { policy: DEAF }), car: obligingCar, stationScript: [[ASKED_AT, STOP]] }),
    )
    assert.deepEqual(course.seccEnd, CUT_OFF)
    assert.equal(course.evccEnd?.code, 'linkLost')
    assert.deepEqual(endOf(course.station), [[[DEADLINE, true]], 'ended'])
  })

test('a stop that is heeded is never cut off, and one that is asked for again gives no more time', () => {
  const heeded = runCable({ ...AC, stationSays: [[ASKED_AT, STOP]] })
  assert.deepEqual(heeded.ends.secc, { code: 'finished' })
  const again = runCable({
    ...AC,
    evcc: { ...AC.evcc, policy: DEAF },
    stationSays: [
      [ASKED_AT, STOP],
      [ASKED_AT + 4_000, STOP],
    ],
  })
  const cut = again.log.find(({ output }) => output.kind === 'tell' && output.told.told === 'openContactor')
  assert.equal(cut?.at, DEADLINE)
})

test('a car that begins after it was asked to stop does not get far', () => {
  const { log, ends } = runCable({
    ...AC,
    evcc: { ...AC.evcc, policy: DEAF },
    station: (told) => (told.told === 'authoriseWanted' ? [[{ word: 'authorised' }, 10_000]] : willingStation()(told)),
    stationSays: [[1_000, STOP]],
  })
  assert.deepEqual(ends.secc, CUT_OFF)
  const at = (name: string) => log.find(({ output }) => output.kind === 'tell' && output.told.told === name)?.at ?? 0
  assert.ok(at('openContactor') - at('closeContactor') <= 5_000 + STOP_GRACE)
})
