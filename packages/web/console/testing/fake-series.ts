const HOUR = 3_600_000
const iso = (at: number) => new Date(at).toISOString()
const perKwh = (units: number) => ({ currency: 'GBP', micros: String(Math.round(units * 1e6)) })

/** A day-ahead price by the half hour: cheap at night, dear in the evening. */
export const fakePrices = (from: number, to: number) => {
  const first = Math.floor(from / (HOUR / 2)) * (HOUR / 2)
  return Array.from({ length: Math.ceil((to - first) / (HOUR / 2)) }, (_, n) => {
    const at = first + (n * HOUR) / 2
    const hour = new Date(at).getUTCHours()
    const price = 0.29 + 0.09 * Math.sin(((hour - 9) / 24) * 2 * Math.PI) + (hour >= 16 && hour < 22 ? 0.14 : 0)
    return {
      from: iso(at),
      to: iso(at + HOUR / 2),
      perKwh: perKwh(price),
      perMinute: perKwh(0),
      label: 'Energy',
      peak: hour >= 16 && hour < 22,
    }
  })
}

/** Power of a site's EVSEs in steps of five minutes, with plans ahead. */
export const fakePower = (
  evses: readonly { readonly id: string; readonly label: string; readonly maxPowerW: number }[],
  span: { readonly from: number; readonly to: number; readonly now: number },
) => {
  const count = Math.floor((span.to - span.from) / 300_000)
  const points = Array.from({ length: count }, (_, n) => {
    const at = span.from + n * 300_000
    const draw = (k: number, most: number) =>
      Math.max(0, Math.round((most / Math.max(3, evses.length * 0.8)) * Math.sin((at / HOUR) * (0.5 + k * 0.13) + k * 2) ** 3))
    const byEvse = Object.fromEntries(evses.map(({ id, maxPowerW }, k) => [id, at <= span.now ? draw(k, maxPowerW) : 0]))
    const totalW = Object.values(byEvse).reduce((sum, watts) => sum + watts, 0)
    return { at: iso(at), byEvse, totalW, plannedW: Math.round(60_000 + 50_000 * Math.sin(Math.floor(at / HOUR) * 0.8)) }
  })
  const capped = span.now - (span.now % HOUR)
  const caps = [{ from: iso(capped - HOUR), to: iso(capped + 2 * HOUR), powerW: 120_000 }]
  return { points, prices: fakePrices(span.from, span.to), caps, evses: evses.map(({ id, label }) => ({ id, label })) }
}

const CARS = [
  ['promiseKept', 18_400, 0, 0.31, 0.04],
  ['soonest', 14_200, 0, undefined, undefined],
  ['promiseMoved', 9_600, 0, 0.45, 0.18],
  ['limits', 7_100, 2_300, undefined, undefined],
  ['resting', 0, 0, undefined, undefined],
] as const

/** A plan for the first EVSEs of a site: cars that are promised, cars that are not, one that lacks and one still to come. */
export const fakePlan = (evses: readonly { readonly id: string; readonly label: string; readonly maxPowerW: number }[], now: number) => {
  const start = Math.floor(now / 900_000) * 900_000
  const cars = CARS.slice(0, evses.length).map(([code, plannedWh, shortfallWh, marginal, congestion], n) => {
    const evse = evses[n]!
    const [stationName = '', evseLabel = ''] = evse.label.split(' · ')
    return {
      evseId: evse.id,
      evseLabel,
      stationName,
      ...(n === 2 ? { reservationId: `reservation ${n}` } : { sessionId: `session ${n}` }),
      plannedWh,
      shortfallWh,
      curve: [
        { from: iso(start), to: iso(start + HOUR), powerW: n === 4 ? 4_140 : Math.round(evse.maxPowerW * (0.3 + 0.15 * n)) },
        { from: iso(start + HOUR), to: iso(start + 2 * HOUR), powerW: 0 },
      ],
      why: {
        code,
        ...(marginal !== undefined && { marginalPerKwh: perKwh(marginal), congestionPerKwh: perKwh(congestion) }),
        ...(code === 'limits' && { at: 'site' }),
      },
    }
  })
  return {
    steering: true,
    plan: {
      plannedAt: iso(start),
      endsAt: iso(start + 4 * HOUR),
      reasons: ['arrival', 'meter'],
      limitW: 110_000,
      planner: 'full',
      anticipated: { days: 10, earlyWh: 4_200 },
      plannedWh: cars.reduce((sum, { plannedWh }) => sum + plannedWh, 0),
      shortfallWh: 2_300,
      cost: perKwh(15.62),
      costGap: perKwh(0),
      shortfallGapWh: 0,
      total: [],
      cars,
    },
  }
}

/** Seven days of an EVSE: free, charging, paused, a fault, a lost link. */
export const fakeSegments = (n: number, from: number, to: number) => {
  const statuses = [
    'available',
    'charging',
    'suspended',
    'available',
    'charging',
    'available',
    n % 4 === 1 ? 'faulted' : 'reserved',
    n % 5 === 2 ? 'offline' : 'available',
  ]
  const segments = []
  for (let at = from, k = n; at < to; k++) {
    const end = Math.min(to, at + (1 + ((k * 7 + n * 3) % 9)) * HOUR)
    segments.push({ from: iso(at), to: iso(end), status: statuses[k % statuses.length] })
    at = end
  }
  return segments
}

/** A session minute by minute: full power, then the taper. */
export const fakeSeries = (startedAt: number, until: number) => {
  const count = Math.max(2, Math.floor((until - startedAt) / 60_000))
  let importWh = 0
  const points = Array.from({ length: count }, (_, n) => {
    const powerW = n < count * 0.65 ? 47_000 + 2_500 * Math.sin(n / 4) : 47_000 * (1 - (n - count * 0.65) / (count * 0.5))
    importWh += powerW / 60
    return {
      at: iso(startedAt + n * 60_000),
      powerW: Math.round(powerW),
      importWh: Math.round(importWh),
      exportWh: 0,
      socPercent: Math.min(100, 22 + importWh / 700),
      costMicros: String(Math.round(importWh * 450)),
    }
  })
  return {
    points,
    planned: [
      { from: iso(startedAt), to: iso(startedAt + count * 45_000), powerW: 50_000 },
      { from: iso(startedAt + count * 45_000), to: iso(startedAt + count * 70_000), powerW: 20_000 },
    ],
    prices: fakePrices(startedAt, until + 1_200_000),
    limitW: 60_000,
  }
}
