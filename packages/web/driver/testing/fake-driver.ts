import type { Notice, PublicEvse, PublicSite, Receipt, Reservation, Session, SessionSeries, Vehicle } from '../src/api/types.ts'
import { uuid } from './fake-places.ts'
import { fakeCost, fakePlan } from './fake-plans.ts'

const MINUTE = 60_000
const iso = (at: number) => new Date(at).toISOString()

export const VEHICLES: readonly Vehicle[] = [
  {
    id: uuid(5, 1),
    label: 'Compact 58',
    batteryWh: 58_000,
    maxAcW: 11_000,
    maxDcW: 120_000,
    connectorStandards: ['IEC_62196_T2_COMBO', 'IEC_62196_T2'],
  },
  { id: uuid(5, 2), label: 'City 40', batteryWh: 40_000, maxAcW: 6_600, maxDcW: 46_000, connectorStandards: ['CHADEMO', 'IEC_62196_T2'] },
]

const placeOf = (site: PublicSite, evse: PublicEvse) => ({
  siteId: site.id,
  siteName: site.name,
  timeZone: site.timeZone,
  stationName: evse.stationName ?? '',
  evseCode: evse.code,
  evseLabel: evse.label,
})

interface Spot {
  readonly site: PublicSite
  readonly evse: PublicEvse
}

/** A session half way through, as it stands at an instant. */
export const liveSession = ({ site, evse }: Spot, number: number, startedAt: number, now: number): Session => {
  const powerW = Math.min(evse.maxPowerW, 50_000)
  const importWh = Math.round((powerW * Math.max(0, now - startedAt)) / 3_600_000)
  return {
    id: uuid(3, number),
    state: 'charging',
    ...placeOf(site, evse),
    vehicleLabel: 'Compact 58',
    startedAt: iso(startedAt),
    importWh,
    exportWh: 0,
    powerW,
    socStart: 24,
    socPercent: Math.min(80, 24 + (importWh * 0.9 * 100) / 58_000),
    cost: fakeCost(importWh, 0.62),
    plan: fakePlan('power', { start: startedAt, energyWh: 36_000, powerW: 50_000 }, [{ code: 'asAsked' }]),
    endsBy: iso(startedAt + 60 * MINUTE),
    unlocked: false,
  }
}

export const endedSession = (spot: Spot, number: number, endedAt: number): Session => {
  const importWh = 18_000 + number * 1_730
  return {
    ...liveSession(spot, number, endedAt - (25 + number) * MINUTE, endedAt),
    state: number === 4 ? 'held' : 'billed',
    endedAt: iso(endedAt),
    chargingEndedAt: iso(endedAt - 2 * MINUTE),
    importWh,
    exportWh: number === 2 ? 1_200 : 0,
    socPercent: 80,
    cost: fakeCost(importWh, 0.62, number === 3 ? 4 : 0),
    unlocked: true,
    ...(number !== 4 && { receiptNumber: 1_040 + number }),
  }
}

export const reservationAt = ({ site, evse }: Spot, number: number, start: number): Reservation => {
  const plan = fakePlan('cheapest', { start, energyWh: 36_000, powerW: Math.min(evse.maxPowerW, 120_000) }, [
    { code: 'cheapestBeforeDeparture' },
  ])
  return {
    id: uuid(4, number),
    code: `K7M2${String(4096 + number).slice(0, 4)}`,
    state: 'confirmed',
    ...placeOf(site, evse),
    startsAt: plan.start,
    endsAt: plan.end,
    plan,
    createdAt: iso(start - 60 * MINUTE),
  }
}

/** The same with a pause, and with a part of it asked for too soon. */
export const brokenInTwo = (reservation: Reservation): Reservation => {
  const start = Date.parse(reservation.startsAt)
  const at = (minutes: number) => iso(start + minutes * MINUTE)
  const curve = [
    { from: at(0), to: at(10), powerW: 50_000 },
    { from: at(45), to: at(60), powerW: 50_000 },
    { from: at(60), to: at(70), powerW: 42_000 },
  ]
  const minimumShortfall = { askedWh: 12_000, by: at(10), energyWh: 3_700, code: 'tooLittleTime' }
  return { ...reservation, endsAt: at(70), plan: { ...reservation.plan, end: at(70), curve, minimumShortfall } }
}

export const receiptOf = (session: Session): Receipt => ({
  number: session.receiptNumber ?? 0,
  issuedAt: session.endedAt ?? session.startedAt,
  startedAt: session.startedAt,
  chargingEndedAt: session.chargingEndedAt ?? session.startedAt,
  endedAt: session.endedAt ?? session.startedAt,
  timeZone: session.timeZone,
  operator: { name: 'Lunebridge Energy', address: '1 Guildhall, Lunebridge', vatNumber: 'GB123456789' },
  station: { name: session.stationName, siteName: session.siteName, address: 'Ring Road East, Lunebridge', evse: session.evseLabel ?? '' },
  vehicle: 'Compact 58',
  importWh: session.importWh,
  exportWh: session.exportWh,
  socStart: 24,
  socEnd: 80,
  tariffName: 'Rapid',
  pricesIncludeVat: true,
  cost: session.cost ?? fakeCost(0, 0),
})

export const seriesOf = (session: Session, now: number): SessionSeries => {
  const [from, until] = [Date.parse(session.startedAt), Date.parse(session.endedAt ?? iso(now))]
  const count = Math.max(2, Math.floor((until - from) / MINUTE))
  const points = Array.from({ length: count }, (_, index) => ({
    at: iso(from + index * MINUTE),
    powerW: index < 2 ? 12_000 * (index + 1) : 50_000 - Math.max(0, index - 15) * 900 + (index % 3) * 350,
    importWh: Math.round((session.importWh * index) / count),
    costMicros: '0',
  }))
  const price = (perKwh: string, at: number, to: number) => ({ from: iso(at), to: iso(to), perKwh: { currency: 'GBP', micros: perKwh } })
  return {
    points,
    planned: session.plan?.curve ?? [],
    prices: [price('620000', from, from + 20 * MINUTE), price('790000', from + 20 * MINUTE, from + 60 * MINUTE)],
    limitW: 150_000,
    ...(session.endedAt === undefined && {
      allowed: [
        { from: iso(from), to: iso(from + 10 * MINUTE), powerW: 60_000 },
        { from: iso(from + 10 * MINUTE), to: iso(from + 40 * MINUTE), powerW: 50_000 },
      ],
      steering: { allowedW: 50_000, shortfallWh: 0, code: 'promiseKept' },
    }),
  }
}

export const noticesAt = (now: number): readonly Notice[] => [
  { id: uuid(6, 3), kind: 'started', sessionId: uuid(3, 1), data: { importWh: 900 }, createdAt: iso(now - 18 * MINUTE) },
  { id: uuid(6, 2), kind: 'connected', sessionId: uuid(3, 1), data: {}, createdAt: iso(now - 19 * MINUTE) },
  {
    id: uuid(6, 1),
    kind: 'done',
    sessionId: uuid(3, 2),
    data: { importWh: 21_460 },
    createdAt: iso(now - 26 * 60 * MINUTE),
    readAt: iso(now - 25 * 60 * MINUTE),
  },
]
