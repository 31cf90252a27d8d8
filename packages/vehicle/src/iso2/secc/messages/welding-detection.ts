import { physicalVolts } from '../../physical.ts'
import type { Handler } from '../answer.ts'
import { dcStatus } from '../status.ts'
import { vehicleTold } from '../supply.ts'

export const weldingDetection: Handler<'WeldingDetection'> = ({ session }, { DC_EVStatus }) => ({
  kind: 'respond',
  response: { ResponseCode: 'OK', DC_EVSEStatus: dcStatus(session), EVSEPresentVoltage: physicalVolts(session.station.voltage) },
  next: 'dcStopped',
  told: [vehicleTold(DC_EVStatus)],
})
