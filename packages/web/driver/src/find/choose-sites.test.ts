import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VEHICLES } from '../../testing/fake-driver.ts'
import { fakeSites } from '../../testing/fake-places.ts'
import { chooseSites, metresBetween, NO_FILTERS } from './choose-sites.ts'
import { estimateOf } from './estimate.ts'

const sites = fakeSites(Date.parse('2026-03-02T16:20:00Z'), 0)
const [compact, city] = VEHICLES
const all = { vehicle: undefined, position: undefined }
const named = (found: ReturnType<typeof chooseSites>) => found.map(({ site, free, evses }) => `${site.name} ${free}/${evses.length}`)

test('filters leave the connectors that fit, and sites without any go', () => {
  assert.deepEqual(named(chooseSites(sites, { ...NO_FILTERS, power: 'ultra' }, all)), ['Ring Road Services 2/4', 'Lune Buses Depot 0/4'])
  assert.deepEqual(named(chooseSites(sites, { ...NO_FILTERS, power: 'rapid', myPlug: true }, { ...all, vehicle: city })), [
    'Market Square Car Park 1/1',
    'Ring Road Services 0/1',
  ])
})

test('with a position the nearest is first', () => {
  const position = { latitude: sites[3]!.latitude, longitude: sites[3]!.longitude }
  const [first] = chooseSites(sites, NO_FILTERS, { ...all, position })
  assert.equal(first!.site.name, 'Lune Buses Depot')
  assert.equal(first!.metres, 0)
})

test('a degree of latitude is 111 km', () => {
  assert.equal(Math.round(metresBetween({ latitude: 53, longitude: 0 }, { latitude: 54, longitude: 0 }) / 1000), 111)
})

test('a typical charge is the middle of the battery at what charger and car can do together, fees included, idle fee not', () => {
  const [ccs, chademo] = sites[1]!.evses
  assert.deepEqual(estimateOf(ccs!, compact), { micros: String(38_700 * 620), minutes: 46, energyWh: 38_700 })
  assert.equal(estimateOf(chademo!, compact), undefined)
  const [parking] = sites[2]!.evses
  assert.deepEqual(estimateOf(parking!, compact), { micros: String(38_700 * 500 + 200_000), minutes: 211, energyWh: 38_700 })
})
