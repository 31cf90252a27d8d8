import type { StationFact } from '@voltway/domain/sessions'
import type { StoredFact } from '@voltway/store'
import { type EpochMs, epochMs, HOUR, MINUTE, percent, wallClock, wattHours, watts } from '@voltway/units'

/** An EVSE of the demo, as history needs it. */
export interface PastEvse {
  readonly evse: number
  readonly maxPowerW: number
  /** Charges in a day, at a busy place. */
  readonly perDay: number
}
export interface PastStation {
  readonly evses: readonly PastEvse[]
}
export interface PastWorld {
  readonly now: EpochMs
  readonly days: number
  readonly random: () => number
  /** Keyed hash and last characters of a random townsperson's card. */
  readonly token: () => { readonly hash: Uint8Array; readonly lastFour: string }
}

interface Charge {
  readonly startedAt: EpochMs
  readonly charged: EpochMs
  readonly endedAt: EpochMs
  readonly energyWh: number
  readonly powerW: number
  readonly socStart: number
  readonly failed: boolean
}

const STEP = 5 * MINUTE
const STOPS = ['driver', 'driver', 'driver', 'batteryFull'] as const

/** How likely a car comes at an hour of the day: mornings and evenings are busy, nights are not. */
const BUSY = [0.1, 0.05, 0.05, 0.05, 0.1, 0.3, 0.7, 1, 1.3, 1.2, 1, 1, 1.2, 1.1, 1, 1.1, 1.4, 1.7, 1.6, 1.3, 1, 0.7, 0.4, 0.2]

const chargesOf = ({ maxPowerW, perDay }: PastEvse, { now, days, random }: PastWorld): readonly Charge[] => {
  const charges: Charge[] = []
  let at = now - days * 24 * HOUR + random() * 4 * HOUR
  for (;;) {
    at += -Math.log(1 - random()) * ((24 * HOUR) / perDay)
    const hour = wallClock(epochMs(at), 'Europe/London').hour
    if (random() > (BUSY[hour] ?? 1) / 1.7) {
      at += 20 * MINUTE
      if (at < now - 3 * HOUR) continue
    }
    if (at > now - 3 * HOUR) return charges
    const failed = random() < 0.04
    const powerW = Math.round(maxPowerW * (maxPowerW > 40_000 ? 0.45 + random() * 0.4 : 0.5 + random() * 0.45))
    const energyWh = failed ? 0 : Math.round(Math.min(6_000 + random() * 38_000, powerW * 6))
    const charging = failed ? 0 : Math.ceil(((energyWh / powerW) * HOUR) / STEP) * STEP
    const stay = charging + (failed ? 2 * MINUTE : random() < 0.25 ? random() * 50 * MINUTE : 2 * MINUTE)
    const startedAt = epochMs(Math.floor(at / 1000) * 1000)
    // What is behind is over: a status from the future would outlive what the station says now.
    if (startedAt + stay > now) return charges
    charges.push({
      startedAt,
      charged: epochMs(startedAt + charging),
      endedAt: epochMs(startedAt + stay),
      energyWh,
      powerW,
      socStart: Math.round(10 + random() * 45),
      failed,
    })
    at = startedAt + stay + 5 * MINUTE
  }
}

const status = (evse: number, at: EpochMs, word: 'available' | 'charging' | 'suspended' | 'occupied'): StationFact => ({
  kind: 'status.reported',
  occurredAt: at,
  receivedAt: at,
  evse,
  connector: 1,
  status: word,
  reported: word[0]!.toUpperCase() + word.slice(1),
  errorCode: 'NoError',
  info: undefined,
  vendorErrorCode: undefined,
})

const factsOf = (
  charge: Charge,
  place: { readonly evse: number; readonly number: number; readonly register: number },
  world: PastWorld,
): readonly StoredFact[] => {
  const { startedAt, charged, endedAt, energyWh } = charge
  const { evse, number, register } = place
  // Apart from the numbers that a station of OCPP 1.6 is given for what it starts while this is written.
  const transactionId = `past-${evse}-${number}`
  const { hash, lastFour } = world.token()
  const common = {
    transactionId,
    evse,
    connector: 1,
    seqNo: undefined,
    trigger: undefined,
    reservationNumber: undefined,
    remoteStartNumber: undefined,
    offline: false,
    chargingState: undefined,
  } as const
  const start: StoredFact = {
    ...common,
    kind: 'transaction.started',
    naturalKey: `start:${evse}:${lastFour}:${startedAt}:${register}`,
    occurredAt: startedAt,
    receivedAt: startedAt,
    stopReason: undefined,
    idTokenHash: hash,
    idTokenLastFour: lastFour,
    authorisation: 'accepted',
    registerWh: wattHours(register),
  }
  const stop: StoredFact = {
    ...common,
    kind: 'transaction.ended',
    naturalKey: 'stop',
    occurredAt: endedAt,
    receivedAt: endedAt,
    registerWh: wattHours(register + energyWh),
    stopReason: charge.failed ? 'fault' : (STOPS[Math.floor(world.random() * STOPS.length)] ?? 'driver'),
  }
  const steps = Math.round((charged - startedAt) / STEP)
  const readings = Array.from({ length: steps }, (_, index): StoredFact => {
    const at = epochMs(startedAt + (index + 1) * STEP)
    const share = (index + 1) / steps
    return {
      kind: 'meter.sampled',
      evse,
      connector: 1,
      transactionId,
      occurredAt: at,
      receivedAt: at,
      payloadHash: `past-${transactionId}-${index}`,
      context: 'Sample.Periodic',
      importWh: wattHours(register + Math.round(energyWh * share)),
      exportWh: undefined,
      powerW: watts(index + 1 === steps ? 0 : charge.powerW),
      offeredW: undefined,
      currentA: undefined,
      voltageV: undefined,
      socPercent: percent(Math.min(100, Math.round(charge.socStart + share * (energyWh / 600)))),
      other: undefined,
    }
  })
  const idle = endedAt > charged ? [status(evse, charged, 'suspended')] : []
  return [status(evse, startedAt, 'charging'), start, ...readings, ...idle, stop, status(evse, endedAt, 'available')]
}

/** A week of made-up charging at one station, as the facts it would have sent: so that the demo's history is computed, not drawn. */
export const lastWeek = (station: PastStation, world: PastWorld): readonly StoredFact[] => {
  const charges = station.evses.flatMap((place) => chargesOf(place, world).map((charge) => ({ charge, evse: place.evse })))
  const registers = new Map<number, number>()
  return charges
    .sort((a, b) => a.charge.startedAt - b.charge.startedAt)
    .flatMap(({ charge, evse }, index) => {
      const register = registers.get(evse) ?? 0
      registers.set(evse, register + charge.energyWh)
      return factsOf(charge, { evse, number: index + 1, register }, world)
    })
}
