import { seeded } from '@voltway/units'

/** What a fake server shows: a town with everything, an installation on its first day, or one that refuses everything. */
export type Scenario = 'full' | 'empty' | 'failing'

const HOUR = 3_600_000
const random = seeded(20_260)
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
const id = (kind: number, n: number) => `0190${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const money = (units: number) => ({ currency: 'GBP', micros: String(Math.round(units * 1e6)) })

const NAMES = [
  'Ada Marsh',
  'Bilal Noor',
  'Chiara Conti',
  'Dmitri Volkov',
  'Elif Aydın',
  'Femi Adeyemi',
  'Grace O’Neill',
  'Hana Suzuki',
  'Ivo Novák',
  'Jun Park',
  'Katharina von Hohenstein-Lichtenberg',
  'Leo Berg',
]
const CARS = ['City car', 'Hatchback', 'Estate', 'Long-range saloon', 'Delivery van']
const SITES = [
  ['Harbour Station', 'station', 'Hull', 53.744, -0.332, 350_000],
  ['Old Brewery Car Park', 'parking', 'Hull', 53.749, -0.345, 110_000],
  ['Northside Bus Depot', 'depot', 'Beverley', 53.771, -0.366, 240_000],
  ['14 Elm Terrace', 'home', 'Hull', 53.758, -0.361, 22_000],
] as const
const STATUSES = [
  'available',
  'charging',
  'available',
  'charging',
  'occupied',
  'suspended',
  'reserved',
  'available',
  'faulted',
  'unavailable',
] as const

/** Everything that the fake server lists, made once around an instant. */
export const fakeData = (now: number, scenario: Scenario) => {
  const iso = (at: number) => new Date(at).toISOString()
  const whole = Math.floor(now / 60_000) * 60_000
  const cost = (kWh: number) => ({
    currency: 'GBP',
    total: money(kWh * 0.45 + 1.2),
    net: money((kWh * 0.45 + 1.2) / 1.2),
    vat: money((kWh * 0.45 + 1.2) / 6),
    vatRatePpm: '200000',
    lines: [
      {
        dimension: 'energy',
        label: 'Energy, day',
        quantity: Math.round(kWh * 1000),
        unit: 'Wh',
        unitPrice: money(0.45),
        amount: money(kWh * 0.45),
      },
      { dimension: 'idle', label: 'Idle fee after 15 min', quantity: 12, unit: 'min', unitPrice: money(0.1), amount: money(1.2) },
    ],
  })
  const curve = (from: number, to: number, powerW: number) => [
    { from: iso(from), to: iso(from + (to - from) * 0.7), powerW },
    { from: iso(from + (to - from) * 0.7), to: iso(to), powerW: powerW * 0.4 },
  ]
  const plan = (from: number, to: number, powerW: number) => ({
    kind: pick(['duration', 'power', 'durationEco', 'cheapest']),
    start: iso(from),
    end: iso(to),
    energyWh: Math.round((powerW * 0.82 * (to - from)) / HOUR),
    curve: curve(from, to, powerW),
    cost: cost((powerW * 0.82 * (to - from)) / HOUR / 1000),
    tariff: {},
    reasons: [{ code: 'movedOffPeak' }],
  })

  const stations = Array.from({ length: 26 }, (_, n) => {
    const site = n % 4
    const online = n % 11 !== 7
    const evses = Array.from({ length: n % 3 === 0 ? 2 : n % 7 === 0 ? 4 : 1 }, (_, at) => {
      const status = online ? (STATUSES[(n * 3 + at) % STATUSES.length] ?? 'available') : 'offline'
      const dc = n % 2 === 0
      return {
        id: id(3, n * 10 + at),
        code: `VW${(7_340_033 * (n * 10 + at + 1)).toString(36).toUpperCase().padStart(8, '0').slice(-8)}`,
        number: at + 1,
        label: `${dc ? (at % 2 ? 'CHAdeMO' : 'CCS') : 'Type 2'}${at > 0 || n % 3 === 0 ? ` · ${at % 2 ? 'right' : 'left'}` : ''}`,
        currentType: dc ? 'DC' : 'AC',
        maxPowerW: dc ? 150_000 : 22_000,
        phases: 3,
        connectors: [
          {
            number: 1,
            standard: dc ? (at % 2 ? 'CHADEMO' : 'IEC_62196_T2_COMBO') : 'IEC_62196_T2',
            maxPowerW: dc ? 150_000 : 22_000,
            cableAttached: dc,
          },
        ],
        status,
        statusSince: iso(whole - Math.floor(random() * 20) * 600_000),
        ...(status === 'faulted' && { statusError: 'GroundFailure' }),
        ...(status === 'charging' && {
          session: {
            id: id(4, n * 2 + at),
            powerW: dc ? 42_300 + n * 900 : 7_200,
            importWh: 8_400 + n * 310,
            socPercent: 40 + n,
            startedAt: iso(whole - 35 * 60_000),
          },
        }),
        ...(n % 4 === 1 && { nextReservation: { id: id(5, n), startsAt: iso(whole + 2 * HOUR), endsAt: iso(whole + 3.5 * HOUR) } }),
      }
    })
    return {
      id: id(2, n),
      siteId: id(1, site),
      siteName: SITES[site]?.[0] ?? '',
      name:
        n === 5
          ? 'Forecourt east, second row behind the tall lamp post'
          : `${['Quay', 'Deck', 'Bay', 'Drive'][site]} ${Math.floor(n / 4) + 1}`,
      online,
      ocppVersion: n % 2 ? 'ocpp1.6' : 'ocpp2.0.1',
      vendor: n % 2 ? 'Amperia' : 'Kestrel',
      model: n % 2 ? 'WallPoint 22' : 'Rapid 150',
      serial: `SN-${1000 + n}`,
      firmware: '4.2.1',
      lastSeenAt: iso(whole - (online ? 40_000 : 9 * HOUR)),
      connectedAt: iso(whole - 80 * HOUR),
      ...(n % 7 === 0 && { sharedLimitW: 22_000 }),
      evses,
      openAlarms: n === 8 ? 2 : 0,
    }
  })

  const sessions = Array.from({ length: 140 }, (_, n) => {
    const station = stations[n % stations.length]
    const live = n < 9
    const state = live ? (['charging', 'charging', 'suspended', 'idle', 'pending'][n % 5] ?? 'charging') : n % 13 === 0 ? 'held' : 'billed'
    const startedAt = live ? whole - (n + 1) * 11 * 60_000 : whole - (n * 2.1 + 4) * HOUR
    const end = startedAt + (40 + (n % 60)) * 60_000
    const kWh = state === 'pending' ? 0 : 6 + (n % 37) * 1.17
    return {
      id: id(4, n),
      state,
      stationId: station?.id ?? '',
      stationName: station?.name ?? '',
      siteId: station?.siteId ?? '',
      siteName: station?.siteName ?? '',
      timeZone: 'Europe/London',
      evseId: station?.evses[0]?.id,
      evseLabel: station?.evses[0]?.label,
      evseCode: station?.evses[0]?.code,
      ...(n % 6 !== 5 && { driverId: id(6, n % 12), driverName: NAMES[n % 12], vehicleLabel: CARS[n % 5] }),
      tokenLastFour: String(1000 + n * 37).slice(-4),
      ...(n % 3 === 0 && { reservationId: id(5, n), reservationCode: `K7${n}QP4` }),
      startedAt: iso(startedAt),
      ...(live
        ? { powerW: state === 'charging' ? 41_800 - n * 2100 : 0, endedAt: undefined }
        : {
            endedAt: iso(end),
            chargingEndedAt: iso(end - 300_000),
            stopReason: n % 5 ? 'driver' : 'batteryFull',
            receiptNumber: 9000 - n,
          }),
      importWh: Math.round(kWh * 1000),
      exportWh: n % 29 === 2 ? 1800 : 0,
      socStart: 22,
      socPercent: Math.min(98, 34 + (n % 60)),
      heldReasons: state === 'held' ? ['registerJumped', 'implausibleEnergy'] : [],
      ...(kWh > 0 && { cost: cost(kWh) }),
      ...(n % 3 === 0 && { plan: plan(startedAt, end, 50_000), endsBy: iso(end) }),
      outcome: state === 'billed' ? 'paid' : undefined,
      unlocked: !live,
    }
  })

  const reservations = Array.from({ length: 44 }, (_, n) => {
    const station = stations[(n * 5) % stations.length]
    const evse = station?.evses[0]
    const startsAt = Math.floor(whole / HOUR) * HOUR + ((n % 11) - 4) * 2 * HOUR + Math.floor(n / 11) * 24 * HOUR
    const endsAt = startsAt + (1 + (n % 3) * 0.5) * HOUR
    const past = endsAt < whole
    return {
      id: id(5, n),
      code: `K7${n}QP4`,
      state: past
        ? n % 4 === 0
          ? 'released'
          : 'completed'
        : startsAt < whole
          ? 'active'
          : n % 9 === 8
            ? 'cancelled'
            : n % 2
              ? 'pushed'
              : 'confirmed',
      siteId: station?.siteId,
      siteName: station?.siteName,
      timeZone: 'Europe/London',
      stationId: station?.id,
      stationName: station?.name,
      evseId: evse?.id,
      evseCode: evse?.code,
      evseLabel: evse?.label,
      driverId: id(6, n % 12),
      driverName: NAMES[n % 12],
      startsAt: iso(startsAt),
      endsAt: iso(endsAt),
      plan: plan(startsAt, endsAt, 50_000),
      ...(past && n % 4 === 0 && { stateCause: 'unused', trouble: 'unused' }),
      // The next to begin: its station was asked in vain.
      ...(n === 6 && { trouble: 'refusedByStation', troubleDetail: 'Occupied' }),
      wish: {},
      createdAt: iso(whole - 30 * HOUR),
    }
  })

  const drivers = NAMES.map((name, n) => ({
    id: id(6, n),
    name,
    email: `${name.split(' ')[0]?.toLowerCase()}@example.org`,
    locale: 'en-GB',
    state: n === 3 ? 'blocked' : 'active',
    createdAt: iso(whole - (n + 3) * 400 * HOUR),
    counts: { vehicles: 1, tokens: 2, sessions: 12 - n },
  }))
  const tokens = NAMES.flatMap((name, n) =>
    ['Blue card', 'Company card'].map((label, at) => ({
      id: id(7, n * 2 + at),
      lastFour: String(4000 + n * 71 + at).slice(-4),
      type: 'rfid',
      label,
      driverId: id(6, n),
      driverName: name,
      state: n === 4 && at === 1 ? 'blocked' : 'active',
      ...(n === 6 && at === 1 && { expiresAt: iso(whole - 50 * HOUR) }),
      createdAt: iso(whole - 900 * HOUR),
      ...(at === 0 && { lastUsedAt: iso(whole - n * 7 * HOUR) }),
    })),
  )
  const head = { currency: 'GBP', timeZone: 'Europe/London', vat: { ratePpm: '200000', pricesInclude: true } }
  const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY']
  const tariffs = [
    {
      name: 'Town, day and night',
      summary: '0.29 to 0.45/kWh + 0.10/min after 15 min idle',
      definition: {
        ...head,
        kind: 'elements',
        elements: [
          { name: 'Energy, night', perKwh: '290000', when: { startTime: '23:00', endTime: '06:00' } },
          { name: 'Energy, day', perKwh: '450000' },
        ],
        idle: { perMinute: '100000', graceMinutes: 15, cap: '9000000' },
      },
    },
    {
      name: 'EVCMS',
      summary: '0.50/kWh + 0.20/session + up to 3.00 at peak',
      definition: {
        ...head,
        kind: 'evcms',
        energyPerKwh: '500000',
        peakDemandCharge: '3000000',
        serviceCharge: '200000',
        peakWindows: [
          { startTime: '08:00', endTime: '11:00', weekdays },
          { startTime: '16:00', endTime: '22:00', weekdays },
        ],
        multipliersPpm: { offPeakFree: '0', offPeakTaken: '250000', peakFree: '500000', peakTaken: '1000000' },
      },
    },
    {
      name: 'Day-ahead',
      summary: 'day-ahead price/kWh',
      definition: {
        ...head,
        kind: 'elements',
        elements: [{ perKwh: '400000' }],
        dynamic: { series: 'day-ahead', markupPerKwh: '120000', factorPpm: '1050000' },
      },
    },
  ].map((tariff, n) => ({
    id: id(8, n),
    ...tariff,
    definition: { name: tariff.name, ...tariff.definition },
    version: 3 - n,
    updatedAt: iso(whole - 200 * HOUR),
    usedBy: { sites: n === 2 ? 0 : 2, evses: n === 2 ? 0 : 14 },
  }))
  const sites = SITES.map(([name, kind, city, latitude, longitude, gridLimitW], n) => {
    const evses = stations.filter(({ siteId }) => siteId === id(1, n)).flatMap((station) => station.evses)
    const count = (status: string) => evses.filter((evse) => evse.status === status).length
    return {
      id: id(1, n),
      name,
      kind,
      address: '1 Quay Road',
      city,
      country: 'GB',
      latitude,
      longitude,
      timeZone: 'Europe/London',
      currency: 'GBP',
      gridLimitW,
      operatorName: 'Humber Charge',
      tariffId: id(8, n % 2),
      counts: {
        evses: evses.length,
        available: count('available'),
        charging: count('charging'),
        faulted: count('faulted'),
        offline: count('offline'),
      },
      powerW: evses.reduce((sum, { session }) => sum + (session?.powerW ?? 0), 0),
    }
  })
  const all = { sites, stations, sessions, reservations, drivers, tokens, tariffs }
  return scenario === 'empty' ? { sites: [], stations: [], sessions: [], reservations: [], drivers: [], tokens: [], tariffs: [] } : all
}

export type FakeData = ReturnType<typeof fakeData>
