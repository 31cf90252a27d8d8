import type { Session } from '../api/types.ts'

export interface IdleFee {
  /** When the fee begins, epoch ms. */
  readonly from: number
  readonly perMinuteMicros: string
}

/** When a car that is done begins to cost, by the session's own frozen tariff; undefined while it charges or where it is free. */
export const idleFeeOf = ({ chargingEndedAt, endedAt, idleFee }: Session): IdleFee | undefined => {
  if (!idleFee || !chargingEndedAt || endedAt) return undefined
  return { from: Date.parse(chargingEndedAt) + idleFee.graceMinutes * 60_000, perMinuteMicros: idleFee.perMinute.micros }
}
