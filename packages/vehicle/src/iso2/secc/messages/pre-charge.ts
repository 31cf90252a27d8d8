import { larger, smaller } from '@voltway/units'
import { amperesOf, physicalVolts, voltsOf, ZERO_AMPERES, ZERO_VOLTS } from '../../physical.ts'
import type { Handler } from '../answer.ts'
import { dcStatus } from '../status.ts'
import { vehicleTold } from '../supply.ts'

export const preCharge: Handler<'PreCharge'> = ({ session }, { DC_EVStatus, EVTargetVoltage, EVTargetCurrent }) => {
  const { maxVoltage, maxCurrent } = session.station.limits.charge
  const voltage = voltsOf(EVTargetVoltage)
  const current = amperesOf(EVTargetCurrent)
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK', DC_EVSEStatus: dcStatus(session), EVSEPresentVoltage: physicalVolts(session.station.voltage) },
    next: 'preCharging',
    facts: { output: true },
    told: [
      vehicleTold(DC_EVStatus),
      {
        told: 'preCharge',
        voltage: larger(ZERO_VOLTS, maxVoltage === undefined ? voltage : smaller(voltage, maxVoltage)),
        current: larger(ZERO_AMPERES, maxCurrent === undefined ? current : smaller(current, maxCurrent)),
      },
    ],
  }
}
