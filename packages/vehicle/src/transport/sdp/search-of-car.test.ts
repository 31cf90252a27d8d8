import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import { searchOfCar } from './search-of-car.ts'

const START = 1_790_000_000_000
const searches: readonly (readonly [sentence: string, asked: readonly number[], since: number | undefined])[] = [
  ['nobody asks', [], undefined],
  ['a car asks once', [7], 7],
  ['a car asks on and on', [0, 250, 500, 2_400, 4_000], 0],
  ['a car asks again after two seconds of silence', [0, 250, 2_250, 2_500], 2_250],
]
for (const [sentence, asked, since] of searches)
  test(`where ${sentence}, the search began ${since === undefined ? 'never' : `at ${since} ms`}`, () => {
    const search = searchOfCar()
    for (const at of asked) search.asked(epochMs(START + at))
    assert.equal(search.since(), since === undefined ? undefined : START + since)
    search.forget()
    assert.equal(search.since(), undefined)
  })
