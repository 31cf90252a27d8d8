import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds } from '@voltway/units'
import { connect } from '../iso20/testing/cable.ts'
import { evccOptions, obligingEnds } from '../iso20/testing/ends.ts'
import type { LocalTariff } from '../machine/index.ts'
import { manualClock } from '../transport/testing/manual-clock.ts'
import { BENCH_LIMITS, BENCH_OFFERS, benchSeccOptions } from './bench-options.ts'
import { benchStation } from './bench-station.ts'

const TARIFF: LocalTariff = { currency: 'EUR', language: 'en', timeZone: 'UTC', bands: [{ from: '00:00', perKwh: '0.42' }] }

/** What a car of ISO 15118-20 that likes money best is offered by the bench's station. */
const offered = (tariff: LocalTariff | undefined) => {
  const { clock, pass } = manualClock()
  const wait = milliseconds(10)
  const options = { clock, limits: BENCH_LIMITS.ac, offers: BENCH_OFFERS, tariff, meterId: 'M', authorisedAfter: wait, reactionTime: wait }
  const station = benchStation(options)
  const ends = obligingEnds('AC_three_phase')
  const evcc = evccOptions('AC_three_phase')
  const random = (length: number) => new Uint8Array(length).fill(7)
  const secc = benchSeccOptions(
    { security: 'tls1.3' },
    { current: 'ac', randomBytes: random, contractRoots: [], hasTariff: tariff !== undefined },
  )
  const { car } = connect({
    ...ends,
    secc,
    evcc: { ...evcc, needs: { ...evcc.needs, prices: ['absolute', 'levels'] } },
    station: (told) => {
      const said: [number, Parameters<Parameters<typeof station>[1]>[0]][] = []
      station(told, (word) => said.push([10, word]))
      pass(20)
      return said
    },
  })
  const offers = car.find((told) => told.told === 'offers')
  return offers?.told === 'offers' ? offers.schedules[0]?.prices : undefined
}

test('a bench with a tariff offers prices in money, one without the least that may be said', () => {
  const money = offered(TARIFF)
  assert.equal(money?.form, 'absolute')
  assert.deepEqual(money.form === 'absolute' && [money.currency, money.entries[0]?.energyFee], ['EUR', { value: 42, exponent: -2 }])
  assert.equal(offered(undefined)?.form, 'levels')
})
