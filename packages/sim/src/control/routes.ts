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
  readonly subscribe: (listener: (event: StationEvent) => void) => () => void
}

type ConnectorAction = (station: Station, evse: number, body: JsonObject) => ActionResult | Promise<ActionResult>

/** POST /stations/{id}/connectors/{evse}/{action} */
export const CONNECTOR_ACTIONS: Readonly<Record<string, ConnectorAction>> = {
  plug: (station, evse, { car }) =>
    station.plug(evse, createCar(modelOf(objectOf(car)), { socPercent: percentOf(objectOf(car).socPercent) })),
  unplug: (station, evse, { force }) => station.unplug(evse, force === true),
  card: (station, evse, { idToken }) => {
    const text = textOf(idToken)?.trim()
    return text ? station.card(evse, text) : refused('Enter a booking id or a card number.')
  },
  start: (station, evse) => station.start(evse),
  stop: (station, evse) => station.stop(evse),
  emergency: (station, evse) => station.emergencyStop(evse),
  fault: (station, evse, { code }) => station.fault(evse, textOf(code) ?? 'OtherError'),
  clear: (station, evse) => station.clear(evse),
  discharge: (station, evse, { powerW }) => station.giveBack(evse, Math.max(0, numberOf(powerW) ?? 0)),
}

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
