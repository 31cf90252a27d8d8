import { amperes, percent, seconds, volts, type WattHours, wattHours, watts } from '@voltway/units'
import {
  type CarTold,
  type CarWord,
  type ChargingNeeds,
  contractOf,
  din70121Evcc,
  EVCC_POLICY,
  type EvccOptions,
  iso2Evcc,
  type LinkFacts,
  type SupplyLimits,
} from '@voltway/vehicle'
import type { SimEvse, StationCore } from '../station/core.ts'
import type { Vehicle } from '../vehicle.ts'
import type { CarIdentity } from './cable.ts'
import { chooseProfile } from './choose-profile.ts'

/** Between two requests of a loop, in real milliseconds. */
const PACE = 200
/** Below 6 A a car cannot charge (IEC 61851-1). */
const LEAST_A = 6
/** A battery is never quite at its nominal voltage; cars ask for a little more room. */
const VOLTAGE_ROOM = 1.1

export interface CarSide {
  readonly optionsFor: (link: LinkFacts) => EvccOptions
  readonly onTold: (told: CarTold, say: (word: CarWord) => void) => void
}

const isDirect = ({ template }: SimEvse) => template.currentType === 'DC'

/** What it would take now of all that the EVSE can give. */
const wantedNow = (core: StationCore, { template }: SimEvse, vehicle: Vehicle, mostW: number) =>
  Math.max(0, vehicle.wantedW(core.clock.now(), { powerW: mostW, currentType: template.currentType, phases: template.phases }))

/** How much the battery wants, as its meter at the cable will count it; unknown where there is no battery to read. */
const energyOf = ({ batteryWh, socPercent }: Vehicle): WattHours | undefined => {
  const soc = socPercent()
  return batteryWh === undefined || soc === undefined ? undefined : wattHours(Math.round((batteryWh * Math.max(0, 100 - soc)) / 100))
}

const needsOf = (core: StationCore, evse: SimEvse, { vehicle, identity }: { vehicle: Vehicle; identity: CarIdentity }): ChargingNeeds => {
  const { template } = evse
  const mostW = wantedNow(core, evse, vehicle, template.maxPowerW) || template.maxPowerW
  const soc = vehicle.socPercent()
  const energy = energyOf(vehicle)
  const shared = {
    control: 'scheduled',
    maxSchedules: 3,
    prices: ['levels'],
    ...(identity.departureSeconds !== undefined && { departure: seconds(identity.departureSeconds) }),
    ...(energy !== undefined && { energy }),
    ...(soc !== undefined && { soc: percent(Math.floor(soc)) }),
    ...(vehicle.batteryWh !== undefined && { capacity: wattHours(vehicle.batteryWh) }),
  } as const
  if (isDirect(evse)) {
    const voltage = volts(Math.round(template.voltageV * VOLTAGE_ROOM))
    const current = amperes(Math.ceil(Math.min(vehicle.maxPowerW, template.maxPowerW) / template.voltageV))
    return { ...shared, transfer: 'DC', charge: { maxVoltage: voltage, maxCurrent: current, maxPower: watts(vehicle.maxPowerW) } }
  }
  const current = amperes(Math.max(LEAST_A, Math.round(mostW / (template.voltageV * template.phases))))
  const transfer = template.phases === 3 ? 'AC_three_phase' : 'AC_single_phase'
  return { ...shared, transfer, charge: { maxVoltage: volts(template.voltageV), maxCurrent: current, minCurrent: amperes(LEAST_A) } }
}

/** The car's end of a cable: it asks for what its battery takes, and chooses by price. */
export const carSide = (core: StationCore, evse: SimEvse, { vehicle, identity }: { vehicle: Vehicle; identity: CarIdentity }): CarSide => {
  const voltage = volts(evse.template.voltageV)
  const contract = identity.contract && contractOf(identity.contract)
  if (identity.contract && !contract) throw new TypeError('the contract certificate cannot be read')
  let limits: SupplyLimits | undefined
  let isStopping = false

  const battery = (): CarWord => {
    const most = Math.min(evse.template.maxPowerW, limits?.charge.maxPower ?? Number.POSITIVE_INFINITY)
    const wanted = wantedNow(core, evse, vehicle, most)
    const soc = vehicle.socPercent()
    return {
      word: 'battery',
      voltage,
      targetVoltage: voltage,
      targetCurrent: amperes(Math.round((wanted / voltage) * 10) / 10),
      ...(soc !== undefined && { soc: percent(Math.floor(soc)) }),
    }
  }
  const goOn = (say: (word: CarWord) => void) => {
    if (vehicle.isFull() && !isStopping) {
      isStopping = true
      say({ word: 'stop' })
    } else if (isDirect(evse)) say(battery())
  }
  return {
    optionsFor: (link) => {
      const needs = needsOf(core, evse, { vehicle, identity })
      return {
        link,
        protocols: isDirect(evse) && !contract ? [iso2Evcc, din70121Evcc] : [iso2Evcc],
        policy: EVCC_POLICY,
        evccId: identity.evccId,
        transfers: [needs.transfer],
        payments: contract ? ['contract'] : ['eim'],
        needs,
        valueAdded: [],
        certificate: 'none',
        pace: identity.paceMs ?? PACE,
        ...(contract && { crypto: { contract } }),
      }
    },
    onTold: (told, say) => {
      switch (told.told) {
        case 'sessionBegan':
          return say(battery())
        case 'limits':
          limits = told.limits
          return goOn(say)
        case 'measured':
          if (told.maxPower !== undefined) limits = { ...limits, charge: { ...limits?.charge, maxPower: told.maxPower } }
          return goOn(say)
        case 'offers': {
          const { template } = evse
          const energyWh = energyOf(vehicle)
          const maxPowerW = wantedNow(core, evse, vehicle, template.maxPowerW) || template.maxPowerW
          const minPowerW = isDirect(evse) ? 0 : LEAST_A * template.voltageV * template.phases
          const { departureSeconds } = identity
          return say({ word: 'choose', profile: chooseProfile(told.schedules, { energyWh, departureSeconds, maxPowerW, minPowerW }) })
        }
        default:
      }
    },
  }
}
