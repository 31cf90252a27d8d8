import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds, seeded, type Watts, wattHours, watts } from '@voltway/units'
import { limitAt, microsPerKwh, type SiteCar, type SiteNode, whPerSlot } from '../site/index.ts'
import { type OnlineController, openController, steer, tellController } from './controller.ts'
import type { OnlineEvent, OnlineSite, SetPoint } from './online-site.ts'

const SLOTS = 12
const whole = (random: () => number, below: number) => Math.floor(random() * below)

const opened = (site: OnlineSite): OnlineController => {
  const result = openController(site)
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}
const tell = (controller: OnlineController, event: OnlineEvent): void => {
  const result = tellController(controller, event)
  assert.ok(result.ok, JSON.stringify(result))
}

const randomCar = (random: () => number, from: number, nodes: number): SiteCar => ({
  arriveSlot: from,
  departSlot: from + 1 + whole(random, SLOTS - from),
  need: wattHours(1 + whole(random, 9_000)),
  maxPower: watts(4 * (1 + whole(random, 3_000))),
  node: whole(random, nodes),
})

const randomLimit = (random: () => number): SiteNode['limit'] => {
  const limit = () => watts(4 * whole(random, 4_000))
  return random() < 0.5 ? limit() : Array.from({ length: SLOTS }, limit)
}

const randomSite = (random: () => number): OnlineSite => {
  const nodes = Array.from({ length: 1 + whole(random, 5) }, (_, index) => ({
    ...(index === 0 ? {} : { parent: whole(random, index) }),
    limit: randomLimit(random),
  }))
  const pricePerKwh = Array.from({ length: SLOTS }, () => microsPerKwh(whole(random, 400_000) - 50_000))
  const history = Array.from({ length: whole(random, 5) }, (_, index) => ({
    day: index,
    cars: Array.from({ length: whole(random, 8) }, () => randomCar(random, whole(random, SLOTS), nodes.length)),
  }))
  const surplus = {
    power: pricePerKwh.map(() => watts(4 * whole(random, 2_000))),
    feedInPerKwh: pricePerKwh.map((price) => microsPerKwh(price - whole(random, 100_000))),
  }
  return { slotLength: milliseconds(900_000), pricePerKwh, nodes, day: 5, history, ...(random() < 0.3 ? { surplus } : {}) }
}

/** What a test knows of the day besides the controller: enough to open it anew as it is now. */
interface Told {
  site: OnlineSite
  slot: number
  readonly cars: Map<string, { readonly car: SiteCar; readonly delivered: number }>
  set: readonly SetPoint[]
}

/** The controller of somebody who starts only now and is told how things are. */
const afresh = ({ site, slot, cars }: Told): OnlineController => {
  const controller = opened(site)
  for (let passed = 0; passed < slot; passed++) tell(controller, { kind: 'slotPassed' })
  for (const [car, { car: wish, delivered }] of cars) {
    tell(controller, { kind: 'arrival', car, wish })
    tell(controller, { kind: 'meter', car, delivered: wattHours(delivered) })
  }
  return controller
}

type Maker = (random: () => number, told: Told) => OnlineEvent | undefined
const anyOf = (random: () => number, { cars }: Told) => [...cars.keys()][whole(random, cars.size)]

const MAKERS: readonly Maker[] = [
  (random, { site, slot }) => ({ kind: 'arrival', car: `car ${random()}`, wish: randomCar(random, slot, site.nodes.length) }),
  (random, told) => {
    const car = anyOf(random, told)
    return car === undefined ? undefined : { kind: 'departure', car }
  },
  (random, told) => {
    const car = anyOf(random, told)
    const { departSlot, need, maxPower } = randomCar(random, told.slot, 1)
    const wishes = [{ need }, { departSlot }, { need, departSlot, maxPower }]
    return car === undefined ? undefined : { kind: 'wish', car, wish: wishes[whole(random, 3)]! }
  },
  (random, told) => {
    const car = anyOf(random, told)
    return car === undefined ? undefined : { kind: 'meter', car, delivered: wattHours(whole(random, 6_000)) }
  },
  (random, { site }) => ({ kind: 'limit', node: whole(random, site.nodes.length), limit: randomLimit(random) }),
  (random, { site }) => ({
    kind: 'prices',
    pricePerKwh: site.pricePerKwh.map((price) => microsPerKwh(random() < 0.3 ? price + whole(random, 90_000) : price)),
  }),
  () => ({ kind: 'slotPassed' }),
]

/** The same event in the test's own book. */
const note = (told: Told, event: OnlineEvent): void => {
  const { cars, site } = told
  if (event.kind === 'arrival') cars.set(event.car, { car: { ...event.wish, arriveSlot: told.slot }, delivered: 0 })
  if (event.kind === 'departure') cars.delete(event.car)
  if (event.kind === 'wish') cars.set(event.car, { ...cars.get(event.car)!, car: { ...cars.get(event.car)!.car, ...event.wish } })
  if (event.kind === 'meter') cars.set(event.car, { ...cars.get(event.car)!, delivered: event.delivered })
  if (event.kind === 'limit')
    told.site = { ...site, nodes: site.nodes.with(event.node, { ...site.nodes[event.node]!, limit: event.limit }) }
  if (event.kind === 'prices') told.site = { ...site, pricePerKwh: event.pricePerKwh }
  if (event.kind !== 'slotPassed') return
  told.slot++
  const set = new Map(told.set.map(({ car, energy }) => [car, energy]))
  for (const [name, { car, delivered }] of cars) {
    if (car.departSlot <= told.slot) cars.delete(name)
    else cars.set(name, { car, delivered: delivered + (set.get(name) ?? 0) })
  }
}

/** Sums of a slot, without the controller's help: no node above its limit, no car above its power or its wish. */
const keepsLimits = ({ site, slot, cars }: Told, setPoints: readonly SetPoint[], sentence: string): void => {
  const loads = site.nodes.map(() => 0)
  for (const { car: name, energy } of setPoints) {
    const { car, delivered } = cars.get(name)!
    assert.ok(energy >= 0 && energy <= whPerSlot(car.maxPower, site.slotLength), sentence)
    assert.ok(energy <= Math.max(0, car.need - delivered), sentence)
    for (let at: number | undefined = car.node; at !== undefined; at = site.nodes[at]!.parent) loads[at]! += energy
  }
  for (const [node, load] of loads.entries())
    assert.ok(load <= whPerSlot(limitAt(site.nodes[node]!, slot), site.slotLength), `${sentence}: node ${node}`)
}

test('after any events no limit is exceeded, and the set-points are those of a controller that starts only now', () => {
  const random = seeded(11)
  let charged = 0
  for (let round = 0; round < 80; round++) {
    const told: Told = { site: randomSite(random), slot: 0, cars: new Map(), set: [] }
    const controller = opened(told.site)
    for (let step = 0; step < 25 && told.slot < SLOTS - 1; step++) {
      const event = MAKERS[random() < 0.4 ? 0 : whole(random, MAKERS.length)]!(random, told)
      if (!event || (event.kind === 'prices' && told.site.surplus)) continue
      tell(controller, event)
      note(told, event)
      // Sometimes several things happen before anybody asks.
      if (random() < 0.3 && event.kind !== 'slotPassed') continue
      const { setPoints } = steer(controller)
      const sentence = `round ${round}, step ${step}, ${event.kind}`
      keepsLimits(told, setPoints, sentence)
      assert.deepEqual(setPoints, steer(afresh(told)).setPoints, sentence)
      told.set = setPoints
      charged += setPoints.filter(({ energy }) => energy > 0).length
    }
  }
  assert.ok(charged > 300, `only ${charged} set-points were more than nothing`)
})

const EURO = 1_000_000
const hours = (prices: readonly number[], limit: number, history: OnlineSite['history'] = []): OnlineSite => ({
  slotLength: milliseconds(3_600_000),
  pricePerKwh: prices.map((price) => microsPerKwh(price * EURO)),
  nodes: [{ limit: watts(limit) }],
  day: 8,
  history,
})
const stay = (departSlot: number, need: number) => ({ departSlot, need: wattHours(need), maxPower: watts(4_000), node: 0 })
const energiesOf = (controller: OnlineController) => steer(controller).setPoints.map(({ energy }) => energy)

test('a car waits for a cheaper hour, and takes the dear one when there is no other time', () => {
  const controller = opened(hours([0.3, 0.1, 0.3], 4_000))
  tell(controller, { kind: 'arrival', car: 'patient', wish: stay(3, 4_000) })
  assert.deepEqual(energiesOf(controller), [0])
  tell(controller, { kind: 'wish', car: 'patient', wish: { departSlot: 1 } })
  assert.deepEqual(energiesOf(controller), [4_000])
})

test('a car does not wait for a cheap hour in which others came on the days before', () => {
  const guests = [0, 1].map(() => ({ ...stay(2, 4_000), arriveSlot: 1 }))
  const days = [6, 7].map((day) => ({ day, cars: guests }))
  for (const [history, expected] of [
    [[], [0]],
    [days, [4_000]],
  ] as const) {
    const controller = opened(hours([0.2, 0.1], 8_000, history))
    tell(controller, { kind: 'arrival', car: 'first', wish: stay(2, 4_000) })
    assert.deepEqual(energiesOf(controller), expected)
  }
})

test('the forecast never sees the day itself or a later one, whatever is in its history', () => {
  const random = seeded(4)
  const crowd = (day: number) => ({ day, cars: Array.from({ length: 30 }, () => randomCar(random, whole(random, 3), 1)) })
  const past = [crowd(5), crowd(7)]
  const site = { ...randomSite(random), nodes: [{ limit: watts(9_000) as Watts }], history: past, day: 8 }
  const seeing = { ...site, history: [crowd(8), ...past.toReversed(), crowd(9), crowd(12)] }
  const [blind, told] = [opened(site), opened(seeing)]
  for (let slot = 0; slot < SLOTS; slot++) {
    const wish = randomCar(random, slot, 1)
    for (const controller of [blind, told]) tell(controller, { kind: 'arrival', car: `${slot}`, wish })
    assert.deepEqual(steer(blind), steer(told))
    for (const controller of [blind, told]) tell(controller, { kind: 'slotPassed' })
  }
})

test('only what is not as it was set before is told as changed', () => {
  const controller = opened(hours([0.1, 0.3], 6_000))
  for (const car of ['a', 'b']) tell(controller, { kind: 'arrival', car, wish: stay(2, 3_000) })
  assert.equal(steer(controller).changed.length, 2)
  assert.equal(steer(controller).changed.length, 0)
  tell(controller, { kind: 'departure', car: 'a' })
  tell(controller, { kind: 'arrival', car: 'c', wish: stay(1, 2_000) })
  assert.deepEqual(steer(controller).changed, [{ car: 'c', energy: 2_000 }])
})

test('what makes no sense is refused by its field, and changes nothing', () => {
  const controller = opened(hours([0.1, 0.3], 6_000))
  tell(controller, { kind: 'arrival', car: 'a', wish: stay(2, 3_000) })
  const before = steer(controller).setPoints
  const nonsense: readonly (readonly [string, OnlineEvent])[] = [
    ['car', { kind: 'arrival', car: 'a', wish: stay(2, 3_000) }],
    ['wish.departSlot', { kind: 'arrival', car: 'b', wish: stay(3, 3_000) }],
    ['wish.need', { kind: 'arrival', car: 'b', wish: stay(2, Number.NaN) }],
    ['wish.departSlot', { kind: 'wish', car: 'a', wish: { departSlot: 0 } }],
    ['cars', { kind: 'arrival', car: 'b', wish: { ...stay(2, 3_000), maxPower: watts(2_147_480_000) } }],
    ['car', { kind: 'departure', car: 'b' }],
    ['delivered', { kind: 'meter', car: 'a', delivered: wattHours(-1) }],
    ['node', { kind: 'limit', node: 4, limit: watts(1) }],
    ['nodes[0].limit', { kind: 'limit', node: 0, limit: watts(Number.NaN) }],
    ['pricePerKwh', { kind: 'prices', pricePerKwh: [] }],
  ]
  for (const [field, event] of nonsense) {
    const result = tellController(controller, event)
    assert.equal(result.ok ? 'accepted' : result.failure[0]?.field, field)
  }
  assert.deepEqual(steer(controller).setPoints, before)
  const past = openController({ ...hours([0.1], 4_000, [{ day: 1, cars: [{ ...stay(2, 1_000), arriveSlot: 0 }] }]) })
  assert.equal(past.ok ? 'accepted' : past.failure[0]?.field, 'history[day 1].cars[0].departSlot')
})

test('caution beyond all sense is refused by its field', () => {
  const nonsense = { days: 0.5, worst: Number.NaN, reserve: 1.5, missingPerKwh: microsPerKwh(-1) }
  const refused = openController({ ...hours([0.1], 4_000), day: Number.NaN, caution: nonsense })
  assert.deepEqual(refused.ok ? [] : refused.failure.map(({ code, field }) => `${code} ${field}`), [
    'notANumber day',
    'notWhole caution.days',
    'notANumber caution.worst',
    'range caution.reserve',
    'range caution.missingPerKwh',
  ])
})
