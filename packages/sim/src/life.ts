import { epochMs, MINUTE, milliseconds } from '@voltway/units'
import { type CarCertificates, carIdentity } from './cable/speech.ts'
import { createCar } from './car.ts'
import { CAR_MODELS } from './car-models.ts'
import type { SimClock } from './sim-clock.ts'
import type { Station } from './station/station.ts'

export interface LifeOptions {
  readonly seed: number
  /** Id tokens that the server knows; each charges at one place at a time. */
  readonly cards: readonly string[]
  /** Mean time from a free connector to the next car, in simulated minutes. */
  readonly meanGapMinutes?: number
  /** How long a car stays, in simulated minutes. */
  readonly stayMinutes?: { readonly least: number; readonly most: number }
  /** Connectors that have a car at once, as a share of all; the rest wait for their first. */
  readonly busyAtStart?: number
  /** Has a car as soon as its station is ready, whatever chance says of the others. */
  readonly firstAt?: { readonly identity: string; readonly evse: number }
  /** All but that first one come when this is done; none does when it fails. */
  readonly othersAfter?: Promise<unknown>
  /** How many of the cars at CCS plugs speak ISO 15118 at once, where station and cars can; each costs a real session. */
  readonly talkersAtOnce?: number
  /** Left to people: nobody comes here by themselves. */
  readonly except?: readonly { readonly identity: string; readonly evse: number }[]
}
interface World {
  readonly stations: ReadonlyMap<string, Station>
  readonly clock: SimClock
  readonly random: () => number
  readonly cars?: CarCertificates | undefined
}

/** The first cars come about then, when their station is ready. */
const SOON_MS = 600
/** The very first one stands there already: only its station is waited for. */
const FIRST_LOOK_MS = 50
const UNPLUG_LOOK_MS = 5_000
/** A driver comes back to a car that is full, sooner or later. */
const LINGER_MINUTES = { least: 2, most: 20 }

/** Cars arrive at every free connector as a Poisson process, charge with one of the cards, and leave. The answer ends it. */
export function live({ stations, clock, random, cars }: World, options: LifeOptions): () => void {
  const {
    meanGapMinutes = 45,
    stayMinutes = { least: 20, most: 240 },
    busyAtStart = 0.5,
    firstAt,
    talkersAtOnce = 0,
    except = [],
  } = options
  const free = [...options.cards]
  const talkers = new Set<string>()
  const timers = new Set<() => void>()
  let ended = false

  const later = (ms: number, work: () => void): void => {
    if (ended) return
    const cancel = clock.after(milliseconds(ms), () => {
      timers.delete(cancel)
      work()
    })
    timers.add(cancel)
  }
  const exponential = (mean: number) => -Math.log(1 - random()) * mean
  const between = ({ least, most }: { readonly least: number; readonly most: number }) => least + random() * (most - least)
  const nextCar = (station: Station, evse: number): void => later(exponential(meanGapMinutes) * MINUTE, () => void arrive(station, evse))

  const arrive = async (station: Station, evse: number): Promise<void> => {
    const place = connectorOf(station, evse)
    if (station.linkState() !== 'connected' || place?.state !== 'available' || free.length === 0) return nextCar(station, evse)
    const card = free.splice(Math.floor(random() * free.length), 1)[0]!
    const model = CAR_MODELS[Math.floor(random() * CAR_MODELS.length)]!
    const talks = cars && talkers.size < talkersAtOnce && place.standard.endsWith('COMBO') && place.speaks.includes('iso15118')
    // Of those that speak, the first does so by ISO 15118-20 where both ends can.
    const speech = talkers.size === 0 && cars?.iso20 && place.speaks.includes('iso20') ? 'iso20' : 'iso15118'
    if (talks) talkers.add(card)
    const state = { socPercent: Math.round(10 + random() * 55), targetPercent: random() < 0.7 ? 80 : 100 }
    station.plug(evse, createCar(model, { ...state, identity: talks ? carIdentity(speech, cars) : undefined }))
    const { ok } = await station.card(evse, card)
    if (!ok) return leave(station, evse, card)
    const until = epochMs(clock.now() + between(stayMinutes) * MINUTE)
    watch(station, evse, card, until)
  }
  /** Comes back when the time is over, or a while after the car has had enough. */
  const watch = (station: Station, evse: number, card: string, until: number): void =>
    later(Math.min(MINUTE, Math.max(0, until - clock.now())), () => {
      const place = connectorOf(station, evse)
      const idle = place?.state === 'suspendedEV' || place?.state === 'finishing'
      if (clock.now() >= until) leave(station, evse, card)
      else watch(station, evse, card, idle ? Math.min(until, clock.now() + between(LINGER_MINUTES) * MINUTE) : until)
    })
  const leave = (station: Station, evse: number, card: string): void => {
    station.stop(evse)
    if (station.unplug(evse).ok || connectorOf(station, evse)?.cable === 'unplugged') {
      free.push(card)
      talkers.delete(card)
      nextCar(station, evse)
    } else later(UNPLUG_LOOK_MS, () => leave(station, evse, card))
  }

  const isFirst = (station: Station, evse: number) => firstAt?.identity === station.identity && firstAt.evse === evse
  const others = (): void => {
    for (const station of stations.values())
      for (const evse of station.evseNumbers) {
        if (isFirst(station, evse) || except.some((one) => one.identity === station.identity && one.evse === evse)) continue
        if (random() < busyAtStart) arriveWhenReady(station, evse)
        else nextCar(station, evse)
      }
  }
  const first = firstAt && stations.get(firstAt.identity)
  if (first) arriveWhenReady(first, firstAt.evse, () => FIRST_LOOK_MS)
  if (options.othersAfter) options.othersAfter.then(others, () => undefined)
  else others()
  function arriveWhenReady(station: Station, evse: number, lookAfter = () => SOON_MS * (0.5 + random())): void {
    later(lookAfter(), () => {
      const ready = station.linkState() === 'connected' && station.backlog() === 0
      if (ready) void arrive(station, evse)
      else arriveWhenReady(station, evse, lookAfter)
    })
  }
  return () => {
    ended = true
    for (const cancel of timers) cancel()
  }
}

const connectorOf = (station: Station, evse: number) => station.view().connectors.find((one) => one.evse === evse)
