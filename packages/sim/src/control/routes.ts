import { type CarCertificates, carIdentity, SPEECHES, type Speech } from '../cable/speech.ts'
import { type CarModel, createCar } from '../car.ts'
import { CAR_MODELS } from '../car-models.ts'
import { type JsonObject, numberOf, objectOf, textOf } from '../json.ts'
import type { SimClock } from '../sim-clock.ts'
import { type ActionResult, refused } from '../station/core.ts'
import type { Station, StationEvent } from '../station/station.ts'

/** What the control API steers. */
export interface Controlled {
  readonly stations: ReadonlyMap<string, Station>
  readonly clock: SimClock
  /** What cars that speak ISO 15118 carry; without it none speaks it. */
  readonly cars?: CarCertificates | undefined
  readonly subscribe: (listener: (event: StationEvent) => void) => () => void
}

/** Where somebody does something, and what cars there carry. */
export interface Place {
  readonly station: Station
  readonly evse: number
  readonly cars: CarCertificates | undefined
}
type ConnectorAction = (place: Place, body: JsonObject) => ActionResult | Promise<ActionResult>

/** POST /stations/{id}/connectors/{evse}/{action} */
export const CONNECTOR_ACTIONS: Readonly<Record<string, ConnectorAction>> = {
  plug: (place, { car, speaks = 'pilot', departureSeconds }) => {
    const speech = SPEECHES.find((one) => one === speaks)
    if (!speech) return refused(`A car speaks by one of: ${SPEECHES.join(', ')}.`)
    const { station, evse, cars } = place
    const named = cars && carIdentity(speech, cars)
    const leaves = positive(departureSeconds)
    const identity = named && leaves ? { ...named, departureSeconds: leaves } : named
    const refusal = speech === 'pilot' ? undefined : whyMute(place, speech)
    if (refusal !== undefined) return refused(refusal)
    return station.plug(evse, createCar(modelOf(objectOf(car)), { socPercent: percentOf(objectOf(car).socPercent), identity }))
  },
  unplug: ({ station, evse }, { force }) => station.unplug(evse, force === true),
  card: ({ station, evse }, { idToken }) => {
    const text = textOf(idToken)?.trim()
    return text ? station.card(evse, text) : refused('Enter a booking id or a card number.')
  },
  start: ({ station, evse }) => station.start(evse),
  stop: ({ station, evse }) => station.stop(evse),
  emergency: ({ station, evse }) => station.emergencyStop(evse),
  fault: ({ station, evse }, { code }) => station.fault(evse, textOf(code) ?? 'OtherError'),
  clear: ({ station, evse }) => station.clear(evse),
  discharge: ({ station, evse }, { powerW }) => station.giveBack(evse, Math.max(0, numberOf(powerW) ?? 0)),
}

/** Why a car cannot speak so here, as the screen says it; undefined where it can, and where there is no such EVSE. */
const whyMute = ({ station, evse, cars }: Place, speech: Speech): string | undefined => {
  const speaks = station.view().connectors.find((one) => one.evse === evse)?.speaks
  if (!speaks) return undefined
  if (!speaks.includes('iso15118')) return 'This connector does not speak ISO 15118: it knows a car by the control pilot alone.'
  if (speech.startsWith('iso20') && !speaks.includes('iso20')) return 'This station does not speak ISO 15118-20: choose ISO 15118-2.'
  if (!speaks.includes(speech)) return 'This station takes no contracts: charge with a card.'
  if (!cars) return 'No car here speaks ISO 15118.'
  if (carIdentity(speech, cars)) return undefined
  if (speech.startsWith('iso20') && !cars.iso20) return 'No car here speaks ISO 15118-20: choose ISO 15118-2.'
  return FETCHING.has(speech)
    ? 'No car here has what it takes to fetch a contract: charge with a card.'
    : 'No car here has a contract: charge with a card.'
}

const FETCHING: ReadonlySet<Speech> = new Set(['fetches', 'iso20Fetches'])

/** POST /stations/{id}/link and /stations/{id}/clock */
export const STATION_ACTIONS: Readonly<Record<string, (target: Controlled, station: Station, body: JsonObject) => ActionResult>> = {
  link: (_target, station, { up, how }) => {
    station.setLink(up === true, how === 'cut' ? 'cut' : 'close')
    return { ok: true, text: up === true ? 'Connecting.' : 'The link is down.' }
  },
  // One clock for the whole fleet: stations that share a world cannot disagree about the time.
  clock: ({ clock }, _station, { rate }) => {
    const next = numberOf(rate)
    if (next === undefined || next <= 0 || next > FASTEST_RATE) return refused(`The rate is a number above 0, at most ${FASTEST_RATE}.`)
    clock.setRate(next)
    return { ok: true, text: `The clock runs x${next}.` }
  },
}
const FASTEST_RATE = 3_600
const DEFAULT_SOC = 35

const percentOf = (value: unknown) => Math.min(100, Math.max(0, numberOf(value) ?? DEFAULT_SOC))

/** One of the known models by its label, with whatever the caller overrides. */
function modelOf({ label, batteryWh, maxPowerW }: JsonObject): CarModel {
  const known = CAR_MODELS.find((model) => model.label === label) ?? CAR_MODELS[1]!
  const power = numberOf(maxPowerW)
  return {
    ...known,
    ...(textOf(label) && { label: textOf(label)!.slice(0, 60) }),
    ...(positive(batteryWh) && { batteryWh: positive(batteryWh)! }),
    ...(power !== undefined &&
      power > 0 && {
        maxDcW: power,
        maxAcW: { 1: Math.min(power, known.maxAcW[1]), 3: Math.min(power, known.maxAcW[3]) },
      }),
  }
}
const positive = (value: unknown) => {
  const number = numberOf(value)
  return number !== undefined && number > 0 ? number : undefined
}
