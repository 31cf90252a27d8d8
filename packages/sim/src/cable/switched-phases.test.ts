import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import { createCar } from '../car.ts'
import { CAR_MODELS } from '../car-models.ts'
import { createEvse } from '../station/create-evse.ts'
import { loadTemplate } from '../template.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { IDENTITY } from '../testing/talking-station.ts'
import { needsOf } from './car-needs.ts'
import { limitsOf, measuredWord } from './station-side.ts'

const core = { identity: 'CS-1', clock: manualClock() }
const [CITY_CAR, HATCHBACK] = [CAR_MODELS[0]!, CAR_MODELS[1]!]
const EVSE = createEvse(loadTemplate('ac-22-switching').evses[0]!, { now: epochMs(0), evseId: 'DE*ABC*E1' })

for (const [sentence, phases, model, expected] of [
  ['three phases, and a car on them', 3, HATCHBACK, { powerW: 8_970, carMost: 16, carLeastW: 4_140, stationMost: 31 }],
  [
    'one phase of three, and a car that could use them all',
    1,
    HATCHBACK,
    { powerW: 2_990, carMost: 32, carLeastW: 1_380, stationMost: 31 },
  ],
  ['three phases, and a car that uses one', 3, CITY_CAR, { powerW: 2_990, carMost: 32, carLeastW: 1_380, stationMost: 31 }],
] as const)
  test(`${sentence}: amperes are those of each phase that is used`, () => {
    const vehicle = createCar(model, { socPercent: 40, identity: IDENTITY })
    const evse = { ...EVSE, phases, vehicle }
    const { powerW, carMost, carLeastW, stationMost } = expected
    assert.equal(limitsOf(evse, powerW).charge.maxCurrent, 13)
    assert.equal(limitsOf(evse, 22_000).charge.maxCurrent, stationMost)
    const measured = measuredWord(core, evse, { powerW, offeredW: powerW, importWh: 0, exportWh: 0 })
    assert.equal(measured.word === 'measured' && measured.current, 13)
    const { charge } = needsOf(core, evse, { vehicle, identity: IDENTITY, departureSeconds: undefined })
    assert.deepEqual([charge.maxCurrent, charge.minPower], [carMost, carLeastW])
  })
