import { amperes, percent, seconds, volts, type WattHours, wattHours, watts } from '@voltway/units'
import type { ChargingNeeds, EnergyTransfer } from '@voltway/vehicle'
import { closedPowerW, usedPhases } from '../station/closed-phases.ts'
import type { SimEvse, StationCore } from '../station/core.ts'
import type { Vehicle } from '../vehicle.ts'
import type { CarIdentity } from './cable.ts'

/** Below 6 A a car cannot charge (IEC 61851-1). */
const LEAST_A = 6
/** A battery is never quite at its nominal voltage; cars ask for a little more room. */
const VOLTAGE_ROOM = 1.1

type Timed = Pick<StationCore, 'clock'>

export interface CarAtCable {
  readonly vehicle: Vehicle
  readonly identity: CarIdentity
}

export const isDirect = ({ template }: SimEvse): boolean => template.currentType === 'DC'

/** What the battery would take now of all that the EVSE can give, in W; negative where it gives back. */
export const wantedNow = (core: Timed, { template, phases }: SimEvse, { vehicle, mostW }: { vehicle: Vehicle; mostW: number }): number =>
  vehicle.wantedW(core.clock.now(), { powerW: mostW, currentType: template.currentType, phases })

/** Less than this a car cannot charge with, in W. */
export const leastPowerW = (evse: SimEvse): number => (isDirect(evse) ? 0 : LEAST_A * evse.template.voltageV * usedPhases(evse))

/** The most that it could take by its inlet and its battery, in W. */
export const mostPowerW = (core: Timed, evse: SimEvse, vehicle: Vehicle): number => {
  const mostW = closedPowerW(evse)
  return Math.max(0, wantedNow(core, evse, { vehicle, mostW })) || mostW
}

/** ISO 15118-2 says an energy above 32,767 Wh no finer, cut towards zero: a car that asked for a few Wh too little would never be full. */
const STEP_WH = 10

/** How much it wants at least, as the meter at the cable will count it; unknown where there is no battery to read. */
export const energyOf = ({ template }: SimEvse, { lackingWh }: Vehicle): WattHours | undefined => {
  const lacking = lackingWh(template.currentType)
  return lacking === undefined ? undefined : wattHours(Math.ceil(lacking / STEP_WH) * STEP_WH)
}

/** What a car would do here, the best first: both directions where it can and speaks ISO 15118-20. */
export const transfersOf = (evse: SimEvse, { vehicle, identity }: CarAtCable): readonly EnergyTransfer[] => {
  const one: EnergyTransfer = isDirect(evse) ? 'DC' : evse.template.phases === 3 ? 'AC_three_phase' : 'AC_single_phase'
  const both = identity.iso20 !== undefined && vehicle.maxDischargeW > 0
  return both ? [isDirect(evse) ? 'DC_BPT' : 'AC_BPT', one] : [one]
}

const limitsOf = (core: Timed, evse: SimEvse, { vehicle }: CarAtCable): Pick<ChargingNeeds, 'charge' | 'discharge'> => {
  const { voltageV, maxPowerW } = evse.template
  const gives = Math.min(vehicle.maxDischargeW, maxPowerW)
  if (isDirect(evse)) {
    const most = Math.min(vehicle.maxPowerW, maxPowerW)
    const charge = {
      maxVoltage: volts(Math.round(voltageV * VOLTAGE_ROOM)),
      maxCurrent: amperes(Math.ceil(most / voltageV)),
      maxPower: watts(vehicle.maxPowerW),
    }
    return { charge, discharge: { maxPower: watts(gives), maxCurrent: amperes(Math.ceil(gives / voltageV)) } }
  }
  const most = mostPowerW(core, evse, vehicle)
  const charge = {
    maxVoltage: volts(voltageV),
    maxCurrent: amperes(Math.max(LEAST_A, Math.round(most / (voltageV * usedPhases(evse))))),
    minCurrent: amperes(LEAST_A),
    maxPower: watts(Math.round(most)),
    minPower: watts(leastPowerW(evse)),
  }
  return { charge, discharge: { maxPower: watts(gives) } }
}

/** What a car says that it wants and can do, whatever protocol carries it; `departureSeconds` are from now. */
export const needsOf = (core: Timed, evse: SimEvse, car: CarAtCable & { readonly departureSeconds: number | undefined }): ChargingNeeds => {
  const { vehicle, identity, departureSeconds } = car
  const [soc, energy] = [vehicle.socPercent(), energyOf(evse, vehicle)]
  return {
    transfer: transfersOf(evse, car)[0] ?? 'DC',
    control: identity.iso20?.control ?? 'scheduled',
    maxSchedules: 3,
    // Where a station says both: money is what the driver pays.
    prices: identity.iso20 ? ['absolute', 'levels'] : ['levels'],
    ...limitsOf(core, evse, car),
    ...(departureSeconds !== undefined && { departure: seconds(departureSeconds) }),
    ...(energy !== undefined && { energy }),
    ...(soc !== undefined && { soc: percent(Math.floor(soc)) }),
    ...(vehicle.batteryWh !== undefined && { capacity: wattHours(vehicle.batteryWh) }),
  }
}
