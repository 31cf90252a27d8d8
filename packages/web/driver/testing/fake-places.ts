import type { PublicEvse, PublicSite } from '../src/api/types.ts'

/** A small generator with a seed, so that every run shows the same town (mulberry32). */
export const chance = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const CCS = 'IEC_62196_T2_COMBO'
const TYPE2 = 'IEC_62196_T2'
const CHADEMO = 'CHADEMO'
type Template = readonly (readonly [label: string, standard: string, maxPowerW: number, side?: 'left' | 'right'])[]
const TEMPLATES: Readonly<Record<string, Template>> = {
  dual22: [
    ['Type 2 · left', TYPE2, 22_000, 'left'],
    ['Type 2 · right', TYPE2, 22_000, 'right'],
  ],
  rapid: [
    ['CCS', CCS, 50_000],
    ['CHAdeMO', CHADEMO, 50_000],
  ],
  dual150: [
    ['CCS · left', CCS, 150_000, 'left'],
    ['CCS · right', CCS, 150_000, 'right'],
  ],
  ultra: [['CCS', CCS, 350_000]],
  home: [['Type 2', TYPE2, 7_400]],
}
const PRICES = {
  home: ['0.27', '0.12 to 0.27/kWh'],
  rapid: ['0.62', '0.62 to 0.79/kWh + 0.40/min after 10 min idle'],
  parking: ['0.50', '0.50/kWh + 0.20/session + up to 3.00 at peak'],
  depot: ['0.24', '0.16 to 0.41/kWh + 0.50/session'],
} as const
const STREETS = ['Harbour Road', 'Mill Lane', 'Church Street', 'Canal Side', 'Park Avenue', 'Orchard Way', 'Station Road', 'Bridge Street']

interface Described {
  readonly name: string
  readonly kind: keyof typeof PRICES | 'station'
  readonly address: string
  readonly east: number
  readonly north: number
  readonly stations: readonly string[]
  readonly statuses?: readonly PublicEvse['status'][]
}
const NAMED: readonly Described[] = [
  { name: 'Quay Terrace', kind: 'home', address: '12 Quay Terrace', east: -820, north: 420, stations: ['home', 'home'] },
  {
    name: 'Ring Road Services',
    kind: 'station',
    address: 'Ring Road East',
    east: 1420,
    north: -180,
    stations: ['rapid', 'dual150', 'ultra', 'ultra'],
    statuses: ['available', 'faulted', 'charging', 'available', 'reserved', 'available'],
  },
  {
    name: 'Market Square Car Park',
    kind: 'parking',
    address: 'Market Square',
    east: 180,
    north: 160,
    stations: ['dual22', 'dual22', 'dual22', 'rapid'],
    statuses: ['available', 'charging', 'charging', 'available', 'suspended', 'occupied', 'available', 'available'],
  },
  {
    name: 'Lune Buses Depot',
    kind: 'depot',
    address: 'Station Yard',
    east: -260,
    north: -820,
    stations: ['dual150', 'dual150', 'dual22'],
    statuses: ['charging', 'charging', 'charging', 'charging', 'occupied', 'charging'],
  },
  {
    name: 'Old Brewery',
    kind: 'parking',
    address: '3 Brewery Lane',
    east: -1300,
    north: -300,
    stations: ['dual22'],
    statuses: ['offline', 'offline'],
  },
]

/** EVSE codes and site ids as the platform writes them. */
export const codeOf = (site: number, evse: number) => `VW${String(site).padStart(3, '0')}${String(evse).padStart(2, '0')}`
export const uuid = (kind: number, number: number) =>
  `0199a000-${String(kind).padStart(4, '0')}-7000-8000-${String(number).padStart(12, '0')}`

const evsesOf = (described: Described, index: number, now: number): readonly PublicEvse[] => {
  const random = chance(index + 7)
  const [priceNow, tariffSummary] = PRICES[described.kind === 'station' ? 'rapid' : described.kind]
  let number = 0
  return described.stations.flatMap((template, station) =>
    (TEMPLATES[template] ?? []).map(([label, standard, maxPowerW, side]): PublicEvse => {
      number += 1
      const status = described.statuses?.[number - 1] ?? (random() < 0.6 ? 'available' : 'charging')
      return {
        code: codeOf(index, number),
        label,
        stationName: `Bay ${station + 1}`,
        currentType: maxPowerW > 43_000 ? 'DC' : 'AC',
        maxPowerW,
        standards: [standard],
        status,
        statusAt: new Date(now - Math.round(random() * 1_500_000)).toISOString(),
        ...(side && { side }),
        priceNow: `${priceNow} GBP/kWh`,
        pricePerKwhNow: { currency: 'GBP', micros: String(Number(priceNow) * 1e6) },
        tariffSummary,
      }
    }),
  )
}

const made = (count: number): readonly Described[] => {
  const random = chance(42)
  const templates = Object.keys(TEMPLATES)
  return Array.from({ length: count }, (_, index) => ({
    name: `${STREETS[index % STREETS.length]} ${index < 8 ? 'Hub' : `Hub ${Math.floor(index / 8) + 1}`}`,
    kind: (['station', 'parking', 'depot'] as const)[index % 3] ?? 'station',
    address: `${1 + Math.floor(random() * 90)} ${STREETS[index % STREETS.length]}`,
    east: Math.round((random() - 0.5) * 9_000),
    north: Math.round((random() - 0.5) * 7_000),
    stations: Array.from({ length: 1 + Math.floor(random() * 4) }, () => templates[Math.floor(random() * 4)] ?? 'rapid'),
  }))
}

const [LATITUDE, LONGITUDE] = [53.42, -2.76]

/** A town of sites: five that are told of, and as many more as are asked for. */
export const fakeSites = (now: number, more: number): readonly PublicSite[] =>
  [...NAMED, ...made(more)].map((described, index) => ({
    id: uuid(1, index),
    name: described.name,
    kind: described.kind,
    address: described.address,
    city: 'Lunebridge',
    country: 'GB',
    latitude: LATITUDE + described.north / 111_320,
    longitude: LONGITUDE + described.east / 66_400,
    timeZone: 'Europe/London',
    currency: 'GBP',
    operatorName: 'Lunebridge Energy',
    evses: evsesOf(described, index, now),
  }))
