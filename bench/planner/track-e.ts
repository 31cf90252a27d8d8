import {
  bookOne,
  checkBooking,
  checkNetworkPlan,
  type NetworkPlan,
  type NetworkProblem,
  networkPlanOf,
  openLedger,
  openNetwork,
  planNetwork,
} from '@voltway/domain/planning/network'
import type { XyFigure } from '../svg/xy-chart.ts'
import { COLOURS } from './colours.ts'
import { madeUpFastStays, recordedFastStays } from './network/fast-stays.ts'
import { generateNetwork, type NetworkKind } from './network/generate-network.ts'
import { nearestAndQueue } from './network/nearest-and-queue.ts'
import { networkBoundByHighs } from './network/network-highs.ts'
import { against, lineOf, ms, skippedLine, table } from './report.ts'
import type { Stay } from './sessions.ts'
import { median, quantile } from './statistics.ts'
import type { Track, TrackOptions } from './track.ts'

const AIM = { gap: 0.01, planMs: 1_000, bookMs: 5 }
const SEEDS = [1, 2, 3]
const KINDS: readonly Omit<NetworkKind, 'seed'>[] = [
  { drivers: 200, stations: 12, connectors: 50 },
  { drivers: 600, stations: 12, connectors: 50 },
  { drivers: 900, stations: 12, connectors: 50 },
  { drivers: 2_000, stations: 40, connectors: 152 },
  { drivers: 10_000, stations: 500, connectors: 2_100 },
  { drivers: 10_000, stations: 500, connectors: 1_000 },
]
/** Largest network that highs is given, and for how long. */
const HIGHS_DRIVERS = 900
const HIGHS_SECONDS = 90

const nameOf = ({ drivers, stations, connectors }: Omit<NetworkKind, 'seed'>) => `${drivers}/${stations} (${connectors})`
const percent = (value: number) => `${(100 * value).toFixed(2)}`

const sound = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: unknown }): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

/** Mean wait in minutes of those who are served. */
const waitOf = ({ drivers, slotLength }: NetworkProblem, { outcomes }: NetworkPlan): number => {
  let [slots, served] = [0, 0]
  for (const [index, outcome] of outcomes.entries()) {
    if (typeof outcome === 'string') continue
    served++
    slots += outcome.startSlot - drivers[index]!.places.find(({ station }) => station === outcome.station)!.arriveSlot
  }
  return (slots * slotLength) / 60_000 / Math.max(1, served)
}

/** How often a day's bookings are made: the same each time, so that what is long only now and then is not the booking's own work. */
const REPLAYS = 3

/** Everybody one at a time in the order of asking; the plan, the milliseconds of each booking with its check, and the least of each over the replays. */
const bookAll = (problem: NetworkProblem, slotPrice?: Float64Array) => {
  const replays = Array.from({ length: REPLAYS }, () => {
    const network = sound(openNetwork(problem, slotPrice))
    const ledger = openLedger(problem, slotPrice)
    const times = problem.drivers.map((driver) => {
      const began = performance.now()
      const { outcome } = sound(bookOne(network, driver)).outcomes[0]!
      const [violation] = checkBooking(ledger, driver, outcome)
      if (violation) throw new Error(`a booking is not valid: ${violation.message}`)
      return performance.now() - began
    })
    return { plan: networkPlanOf(network).plan, times }
  })
  const least = problem.drivers.map((_, driver) => Math.min(...replays.map(({ times }) => times[driver]!)))
  return { plan: replays[0]!.plan, times: replays.flatMap(({ times }) => times), least }
}

/** Prices for the network of one day from those of others: the mean, as what is scarce is much the same from day to day. */
const learntPrices = (days: readonly NetworkProblem[]): Float64Array => {
  const prices = days.map((day) => sound(planNetwork(day)).certificate.slotPrice)
  return prices[0]!.map((_, cell) => prices.reduce((sum, price) => sum + price[cell]!, 0) / prices.length)
}

interface Day {
  readonly gap: number
  readonly milliseconds: number
  readonly wait: number
  readonly unserved: number
  readonly greedy: number
  readonly greedyWait: number
  readonly learnt: number
  readonly nearest: number
  readonly nearestWait: number
  readonly times: readonly number[]
  readonly least: readonly number[]
  readonly bound: number
}

const measureDay = (stays: readonly Stay[], kind: NetworkKind): Day => {
  const problem = generateNetwork(stays, kind)
  const began = performance.now()
  const { plan, certificate } = sound(planNetwork(problem))
  const milliseconds = performance.now() - began
  const check = checkNetworkPlan(problem, plan, certificate)
  if (check.violations.length > 0) throw new Error(JSON.stringify(check.violations.slice(0, 3)))
  const bound = Number(check.boundMicros)
  const above = (total: bigint | number) => Number(total) / bound - 1
  const greedy = bookAll(problem)
  const learnt = bookAll(problem, learntPrices([1].map((day) => generateNetwork(stays, { ...kind, day }))))
  const nearest = nearestAndQueue(problem)
  return {
    gap: above(check.totalMicros),
    milliseconds,
    wait: waitOf(problem, plan),
    unserved: plan.outcomes.filter((outcome) => typeof outcome === 'string').length,
    greedy: above(greedy.plan.totalMicros),
    greedyWait: waitOf(problem, greedy.plan),
    learnt: above(learnt.plan.totalMicros),
    nearest: above(nearest.costEur * 1e6),
    nearestWait: nearest.waitMinutes,
    times: [...greedy.times, ...learnt.times],
    least: [...greedy.least, ...learnt.least],
    bound: bound / 1e6,
  }
}

const putDays = (name: string, days: readonly Day[], put: TrackOptions['put']): void => {
  const worst = Math.max(...days.map(({ gap }) => gap))
  put(lineOf(`network-${name}-gap-worst`, worst, 'of the certified bound', AIM.gap))
  put(
    lineOf(
      `network-${name}-plan`,
      median(days.map(({ milliseconds }) => milliseconds)),
      'ms',
      name.startsWith('10000') ? AIM.planMs : undefined,
    ),
  )
  for (const kind of ['greedy', 'learnt', 'nearest'] as const)
    put(lineOf(`network-${name}-${kind}`, median(days.map((day) => day[kind])), 'above the bound'))
  const times = days.flatMap((day) => day.times)
  put(lineOf(`network-${name}-booking-p99`, quantile(times, 0.99), 'ms', AIM.bookMs))
  put(lineOf(`network-${name}-booking-most`, quantile(times, 1), 'ms', AIM.bookMs))
  const least = days.flatMap((day) => day.least)
  put(lineOf(`network-${name}-booking-least-of-${REPLAYS}-most`, quantile(least, 1), 'ms', AIM.bookMs))
}

const GAPS = [
  ['gap', 'plan', COLOURS.ours],
  ['learnt', 'learnt', COLOURS.peers[1]],
  ['greedy', 'greedy', COLOURS.peers[0]],
  ['nearest', 'nearest', COLOURS.peers[3]],
] as const

/** Gaps by network: the median of the days. */
const gapFigure = (kinds: readonly { readonly name: string; readonly days: readonly Day[] }[]): XyFigure => ({
  title: 'Track E: a network',
  caption: `Median of ${SEEDS.length} days; every point is a network of its own.`,
  panels: [
    {
      title: 'Cost above the certified bound',
      x: { label: 'drivers/connectors', from: -0.5, to: kinds.length - 0.5, ticks: kinds.map(({ name }, index) => [index, name]) },
      y: { label: '%', isLog: true },
      series: GAPS.map(([of, label, colour]) => ({
        label,
        colour,
        shape: 'line',
        points: kinds.map(({ days }, index) => [index, Math.max(0.001, 100 * median(days.map((day) => day[of])))] as const),
      })),
    },
  ],
})

const measureKinds = (stays: readonly Stay[], { most, say, put, draw }: TrackOptions): void => {
  const rows = [
    [
      'drivers/stations (connectors)',
      'plan ms',
      'gap %',
      'worst',
      'greedy %',
      'learnt %',
      'nearest %',
      'wait min: plan',
      'greedy',
      'nearest',
      'unserved',
    ],
  ]
  const bookings: number[] = []
  const own: number[] = []
  const notes: string[] = []
  const drawn: { readonly name: string; readonly days: readonly Day[] }[] = []
  for (const kind of KINDS.filter(({ drivers }) => drivers <= most)) {
    const days = SEEDS.map((seed) => measureDay(stays, { ...kind, seed }))
    const of = (name: Exclude<keyof Day, 'times' | 'least'>) => median(days.map((day) => day[name]))
    const worst = Math.max(...days.map(({ gap }) => gap))
    const shares = [of('gap'), worst, of('greedy'), of('learnt'), of('nearest')].map(percent)
    rows.push([
      nameOf(kind),
      ms(of('milliseconds')),
      ...shares,
      ...[of('wait'), of('greedyWait'), of('nearestWait')].map((minutes) => minutes.toFixed(1)),
      `${of('unserved')}`,
    ])
    drawn.push({ name: `${kind.drivers}/${kind.connectors}`, days })
    for (const { times } of days) for (const time of times) bookings.push(time)
    for (const { least } of days) for (const time of least) own.push(time)
    putDays(nameOf(kind), days, put)
    if (kind.drivers >= 900) notes.push(`  ${nameOf(kind)}: worst gap ${percent(worst)} %, aim 1 % ${worst <= AIM.gap ? 'met' : 'missed'}`)
    if (kind.drivers === 10_000) notes.push(`  ${nameOf(kind)}: planned within ${against(of('milliseconds'), AIM.planMs)}`)
  }
  say(`Batches and bookings, median of ${SEEDS.length} days; % above the bound that the plan's own certificate proves\n\n${table(rows)}\n`)
  say(
    '  greedy: one booking at a time, the cheapest of what is free; learnt: the same with prices learnt from one other day of the network;',
  )
  say('  nearest: the station with the least detour that fits, and queue there\n')
  say(notes.join('\n'))
  const [p99, longest] = [quantile(bookings, 0.99), quantile(bookings, 1)]
  const late = bookings.filter((time) => time > AIM.bookMs).length
  say(
    `  one booking with its check: p50 ${ms(median(bookings))}, p99 ${ms(p99)}, most ${ms(longest)} ms; most: ${against(longest, AIM.bookMs)} (${late} of ${bookings.length} above it)\n` +
      `  each booking made ${REPLAYS} times alike, the least of its times: p99 ${ms(quantile(own, 0.99))}, most ${ms(quantile(own, 1))} ms;\n` +
      '  what is above that is garbage collected meanwhile, or the machine busy with something else\n',
  )
  draw('e-network', gapFigure(drawn))
}

const measureHighs = async (stays: readonly Stay[], { highs, say, put }: TrackOptions): Promise<void> => {
  const rows = [
    [
      'drivers/stations (connectors)',
      'LP EUR by highs',
      'highs ms',
      'certified bound EUR',
      'below LP %',
      'plan above LP %',
      'ratio of time',
    ],
  ]
  for (const kind of KINDS.filter(({ drivers }) => drivers <= Math.min(highs, HIGHS_DRIVERS))) {
    const problem = generateNetwork(stays, { ...kind, seed: SEEDS[0]! })
    const began = performance.now()
    const { plan, certificate } = sound(planNetwork(problem))
    const milliseconds = performance.now() - began
    const bound = Number(checkNetworkPlan(problem, plan, certificate).boundMicros) / 1e6
    const peer = await networkBoundByHighs(problem, HIGHS_SECONDS)
    const [cost, lp] = [Number(plan.totalMicros) / 1e6, peer.costEur]
    const compared = lp === undefined ? ['–', '–'] : [percent(1 - bound / lp), percent(cost / lp - 1)]
    rows.push([
      nameOf(kind),
      lp?.toFixed(1) ?? 'out of time',
      ms(peer.milliseconds),
      bound.toFixed(1),
      ...compared,
      (peer.milliseconds / milliseconds).toFixed(0),
    ])
    put(lineOf(`network-${nameOf(kind)}-highs`, milliseconds, 'ms', peer.milliseconds))
    if (lp === undefined) put(skippedLine(`network-${nameOf(kind)}-above-lp`, `highs found no optimum in ${HIGHS_SECONDS} s`))
    else put(lineOf(`network-${nameOf(kind)}-above-lp`, cost / lp - 1, 'of the linear programme', AIM.gap))
  }
  if (rows.length > 1)
    say(`The linear programme by highs (WebAssembly, at most ${HIGHS_SECONDS} s; --highs N) on the first day\n\n${table(rows)}\n`)
}

/** Track E: a network, in batches and one booking at a time. */
export const trackE: Track = {
  title: 'a network',
  async run(options) {
    const recorded = options.data === undefined ? [] : recordedFastStays(options.data)
    const stays = recorded.length > 0 ? recorded : madeUpFastStays(2_000)
    if (recorded.length > 0)
      options.say(
        `Durations, energies and times of day from ${recorded.length} recorded EPFL fast charges; town, stations, prices and inlets are made up\n`,
      )
    else
      options.skip(
        'network-recorded',
        'recorded EPFL fast charges, since VOLTWAY_DATA names no folder with them; durations here are made up',
      )
    measureKinds(stays, options)
    await measureHighs(stays, options)
  },
}
