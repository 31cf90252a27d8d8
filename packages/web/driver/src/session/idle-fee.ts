import type { Session } from '../api/types.ts'

export interface IdleFee {
  /** When the fee begins, epoch ms. */
  readonly from: number
  readonly perMinuteMicros: string
}

interface IdleTerms {
  readonly graceMinutes?: number
  readonly perMinute?: string | number
}

/** When a car that is done begins to cost, by the session's own frozen tariff; undefined while it charges or where it is free. */
export const idleFeeOf = ({ chargingEndedAt, endedAt, plan }: Session): IdleFee | undefined => {
  const idle = plan?.tariff.idle as IdleTerms | undefined
  if (!idle || !chargingEndedAt || endedAt) return undefined
  return { from: Date.parse(chargingEndedAt) + (idle.graceMinutes ?? 0) * 60_000, perMinuteMicros: String(idle.perMinute ?? '0') }
}
