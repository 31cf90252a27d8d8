import { type EpochMs, epochMs } from '@voltway/units'

/**
 * An ASN.1 time as an instant.
 * @throws when it is none, such as the 45th of a month: no comparison with it would ever say that it is over
 */
export const instantOf = (date: Date): EpochMs => {
  if (Number.isNaN(date.getTime())) throw new Error('a time is none')
  return epochMs(date.getTime())
}
