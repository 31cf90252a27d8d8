import { type CarContext, type CarGoal, type CarWish, checkCarPlan, planCar } from '@voltway/domain/planning'
import { NO_BOOKINGS } from '@voltway/domain/reservations'
import type { ElementTariff } from '@voltway/domain/tariffs'
import { currency, epochMs, HOUR, MINUTE, percent, seeded, wattHours, watts } from '@voltway/units'
import { measurePlain } from './plain-plans.ts'
import { lineOf, ms, table } from './report.ts'
import type { Stay } from './sessions.ts'
import { median } from './statistics.ts'
import type { Track, TrackOptions } from './track.ts'

const SEED = 14
const WISHES = 25
const MONDAY = Date.parse('2026-03-02T00:00:00Z')
const QUARTER = 15 * MINUTE
const LONGEST = 24 * HOUR
const WAITING_EUROS = 1

const BASE = {
  kind: 'elements',
  currency: currency('EUR'),
  timeZone: 'Europe/Berlin',
  vat: { ratePpm: 190_000n, pricesInclude: true },
} as const

interface Kind {
  readonly name: string
  readonly goal: CarGoal
  /** EUR a minute, besides the energy. */
  readonly minutes?: bigint
  readonly wish?: (energy: number, arrival: number) => Partial<CarWish>
  readonly battery?: boolean
}

const minimum: Kind['wish'] = (energy, arrival) => ({
  minimum: { energy: wattHours(Math.ceil(energy / 3)), by: epochMs(arrival + 2 * HOUR) },
})
const KINDS: readonly Kind[] = [
  { name: 'cheapest', goal: 'cheapest' },
  { name: 'cheapest, minimum by an hour', goal: 'cheapest', wish: minimum },
  { name: 'cheapest, priced by minutes too', goal: 'cheapest', minutes: 10_000n },
  { name: 'cheapest, no pause', goal: 'cheapest', wish: () => ({ uninterrupted: true }) },
  { name: 'cheapest, battery', goal: 'cheapest', battery: true },
  {
    name: 'cheapest, battery, minimum, last half hour',
    goal: 'cheapest',
    battery: true,
    wish: (...of) => ({ ...minimum(...of), lastPart: { durationMs: 30 * MINUTE } }),
  },
  { name: 'greenest', goal: 'greenest' },
  { name: 'greenest, battery', goal: 'greenest', battery: true },
  { name: 'earliest', goal: 'earliest' },
  { name: 'earliest, under a cap', goal: 'earliest', wish: (energy) => ({ priceCapMicros: BigInt(energy) * 300n }) },
  { name: 'a cap that leaves energy out', goal: 'cheapest', wish: (energy) => ({ priceCapMicros: BigInt(energy) * 100n }) },
]

/** A wish for each stay, with prices and carbon of its own for every quarter of an hour. */
const wishesOf = (stays: readonly Stay[], kind: Kind) => {
  const random = seeded(SEED)
  return stays.flatMap(({ arrival: minute, minutes, kWh }): { readonly wish: CarWish; readonly context: CarContext }[] => {
    const arrival = epochMs(MONDAY + Math.floor(minute % 1_440) * MINUTE)
    const departure = epochMs(arrival + Math.min(LONGEST, Math.floor(minutes) * MINUTE))
    const energy = Math.round(kWh * 1_000)
    if (departure - arrival < 3 * HOUR || energy < 1_000) return []
    const quarters = Array.from({ length: 102 }, (_, index) => ({
      from: epochMs(arrival - (arrival % QUARTER) + index * QUARTER),
      to: epochMs(arrival - (arrival % QUARTER) + (index + 1) * QUARTER),
    }))
    const tariff: ElementTariff = {
      ...BASE,
      name: 'By the quarter',
      elements: [{ perKwh: 300_000n, ...(kind.minutes && { perMinute: kind.minutes }) }],
      bands: quarters.map((quarter) => ({ ...quarter, perKwh: BigInt(100_000 + Math.floor(random() * 500_000)) })),
    }
    const context: CarContext = {
      tariff,
      freeSlots: NO_BOOKINGS,
      limits: { maxPower: watts(11_000), efficiency: 0.9 },
      now: arrival,
      carbon: quarters.map((quarter) => ({ ...quarter, gramsPerKwh: 50 + Math.floor(random() * 450) })),
      ...(kind.battery && { battery: { capacity: wattHours(60_000), soc: percent(Math.max(0, 95 - kWh / 0.6)), maxPower: watts(11_000) } }),
    }
    return [{ wish: { arrival, departure, energy: wattHours(energy), goal: kind.goal, ...kind.wish?.(energy, arrival) }, context }]
  })
}

/** The same stays as the plain plans take them: a flat battery, no limits but the power. */
const plainWishes = (stays: readonly Stay[]) =>
  wishesOf(stays, { name: 'plain', goal: 'cheapest', minutes: 20_000n }).map(({ wish: { arrival, departure, energy }, context }) => ({
    wish: { arrival, departure, energy, durationMs: HOUR, waitingMicrosPerHour: BigInt(WAITING_EUROS * 1_000_000) },
    context,
  }))

const measureKind = (kind: Kind, stays: readonly Stay[], put: TrackOptions['put']): readonly string[] => {
  const [gaps, plans, checks, seconds, mores]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []]
  for (const { wish, context } of wishesOf(stays, kind)) {
    const began = performance.now()
    const planned = planCar(wish, context)
    plans.push(performance.now() - began)
    if (!planned.ok) throw new Error(`a wish is not sound: ${planned.failure[0]?.field}`)
    const plan = planned.value
    const asked = performance.now()
    const { violations, gap } = checkCarPlan(wish, context, plan)
    checks.push(performance.now() - asked)
    if (violations.length > 0 || !gap) throw new Error(`a plan is not valid: ${violations[0]?.message}`)
    if ('thenCostNanos' in gap) seconds.push(Number(gap.thenCostNanos) / 1_000 / Number(plan.cost.totalMicros))
    if ('moreWh' in gap) mores.push(gap.moreWh!)
    if ('costNanos' in gap) gaps.push(Number(gap.costNanos) / 1_000 / Number(plan.cost.totalMicros))
    else if ('endMs' in gap) gaps.push(gap.endMs / (plan.end - wish.arrival))
    else if ('carbonMilligrams' in gap) gaps.push(gap.carbonMilligrams / 1_000 / plan.carbonGrams!)
  }
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const worst = Math.max(...gaps)
  const name = kind.name.replaceAll(/\W+/g, '-')
  put(lineOf(`car-${name}-gap-mean`, 100 * mean, '%'))
  put(lineOf(`car-${name}-gap-worst`, 100 * worst, '%'))
  if (seconds.length > 0) put(lineOf(`car-${name}-second-gap-worst`, 100 * Math.max(...seconds), '%'))
  if (mores.length > 0) put(lineOf(`car-${name}-more-worst`, Math.max(...mores), 'Wh'))
  put(lineOf(`car-${name}-plan`, median(plans), 'ms'))
  put(lineOf(`car-${name}-check`, median(checks), 'ms'))
  const nothing = gaps.filter((gap) => gap < 1e-6).length
  return [
    kind.name,
    `${gaps.length}`,
    `${nothing}`,
    (100 * mean).toFixed(4),
    (100 * worst).toFixed(3),
    seconds.length > 0 ? (100 * Math.max(...seconds)).toFixed(3) : '',
    mores.length > 0 ? `${Math.max(...mores)}` : '',
    ms(median(plans)),
    ms(median(checks)),
  ]
}

/** Track G: one car at a time, and how far its plan can be from the best, as the checker proves it. */
export const trackG: Track = {
  title: 'one car, with everything that is particular to it',
  async run({ stays, say, put }) {
    const rows: (readonly string[])[] = [
      [
        'wish',
        'wishes',
        'below a millionth',
        'certified gap % (mean)',
        '(worst)',
        'then cost % (worst)',
        'more Wh (worst)',
        'plan ms',
        'check ms',
      ],
    ]
    const long = stays.filter(({ minutes, kWh }) => minutes >= 180 && kWh >= 1).slice(0, WISHES)
    for (const kind of KINDS) rows.push(measureKind(kind, long, put))
    say(`Prices and carbon of every quarter of an hour at random (seed ${SEED}), 11 kW; medians of times\n\n${table(rows)}\n`)
    say(
      '  then cost: of an earliest or greenest plan above the cheapest that ends no later, or is as green; more: what a cap may pay for beyond the plan, by exact money;\n' +
        '  plan ms is with the certificate\n',
    )
    say(
      `Plain plans of the same stays, waiting at ${WAITING_EUROS} EUR an hour, 0.02 EUR a minute\n\n${table(measurePlain(plainWishes(long), put))}\n`,
    )
  },
}
