import { type Amperes, larger, smaller, type Volts } from '@voltway/units'
import type { StationTold } from '../../../machine/station-words.ts'
import type { Requests } from '../../message.ts'
import {
  amperesOf,
  optional,
  physicalAmperes,
  physicalVolts,
  physicalWatts,
  voltsOf,
  wattsOf,
  ZERO_AMPERES,
  ZERO_VOLTS,
} from '../../physical.ts'
import type { Handler } from '../answer.ts'
import { meteringOf } from '../metering.ts'
import type { SeccSession } from '../state.ts'
import { dcStatus } from '../status.ts'
import { vehicleTold } from '../supply.ts'

/** What the car asks for, held within what the station said it can do, and which limits that met. */
const demandOf = ({ station }: SeccSession, voltage: Volts, current: Amperes) => {
  const { maxVoltage = voltage, maxCurrent = current, maxPower } = station.limits.charge
  const cutVoltage = larger(smaller(voltage, maxVoltage), ZERO_VOLTS)
  const ofPower = maxPower === undefined || cutVoltage === 0 ? current : ((maxPower / cutVoltage) as Amperes)
  return {
    voltage: cutVoltage,
    current: larger(smaller(smaller(current, maxCurrent), ofPower), ZERO_AMPERES),
    voltageReached: station.voltage >= maxVoltage,
    currentReached: current >= maxCurrent,
    powerReached: maxPower !== undefined && current >= ofPower,
  }
}

const told = (session: SeccSession, request: Requests['CurrentDemand'], demand: ReturnType<typeof demandOf>): readonly StationTold[] => [
  vehicleTold(request.DC_EVStatus, request.ChargingComplete),
  {
    told: 'target',
    voltage: demand.voltage,
    current: demand.current,
    limits: {
      ...optional('maxVoltage', request.EVMaximumVoltageLimit, voltsOf),
      ...optional('maxCurrent', request.EVMaximumCurrentLimit, amperesOf),
      ...optional('maxPower', request.EVMaximumPowerLimit, wattsOf),
    },
  },
]

export const currentDemand: Handler<'CurrentDemand'> = ({ session }, request) => {
  const { facts, station, options } = session
  const demand = demandOf(session, voltsOf(request.EVTargetVoltage), amperesOf(request.EVTargetCurrent))
  const { fields, change } = meteringOf(session)
  const { maxVoltage, maxCurrent, maxPower } = station.limits.charge
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      DC_EVSEStatus: dcStatus(session),
      EVSEPresentVoltage: physicalVolts(station.voltage),
      EVSEPresentCurrent: physicalAmperes(station.current),
      EVSECurrentLimitAchieved: demand.currentReached,
      EVSEVoltageLimitAchieved: demand.voltageReached,
      EVSEPowerLimitAchieved: demand.powerReached,
      ...optional('EVSEMaximumVoltageLimit', maxVoltage, physicalVolts),
      ...optional('EVSEMaximumCurrentLimit', maxCurrent, physicalAmperes),
      ...optional('EVSEMaximumPowerLimit', maxPower, physicalWatts),
      EVSEID: options.evseId,
      SAScheduleTupleID: facts.scheduleId,
      ...fields,
    },
    next: 'dcCharging',
    told: told(session, request, demand),
    ...change,
  }
}
