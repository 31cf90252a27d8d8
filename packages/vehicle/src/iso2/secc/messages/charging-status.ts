import { optional, physicalAmperes } from '../../physical.ts'
import type { Handler } from '../answer.ts'
import { meteringOf } from '../metering.ts'
import { acStatus } from '../status.ts'

export const chargingStatus: Handler<'ChargingStatus'> = ({ session }) => {
  const { facts, station, options } = session
  const { fields, change } = meteringOf(session)
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      EVSEID: options.evseId,
      SAScheduleTupleID: facts.scheduleId,
      ...optional('EVSEMaxCurrent', station.limits.charge.maxCurrent, physicalAmperes),
      ...fields,
      AC_EVSEStatus: acStatus(session),
    },
    next: 'acCharging',
    ...change,
  }
}
