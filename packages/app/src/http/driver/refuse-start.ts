import type { ReservationListRow } from '@voltway/store'
import type { EpochMs } from '@voltway/units'
import { Problem } from '../problems.ts'

/** A start under a reservation that this one cannot give, by what is so of it whenever it is asked. @throws Problem that says why */
export const refuseStart = (
  { state, evseCode, endsAt }: Pick<ReservationListRow, 'state' | 'evseCode' | 'endsAt'>,
  asked: { readonly evseCode: string; readonly now: EpochMs },
): void => {
  if (state === 'cancelled') throw new Problem('STATE_CONFLICT', 'The reservation was cancelled.')
  if (state === 'completed') throw new Problem('STATE_CONFLICT', 'The reservation has been used.')
  if (state === 'released') throw new Problem('TOO_LATE', 'The reservation was released because nobody came in time.')
  if (endsAt <= asked.now) throw new Problem('TOO_LATE', 'The reserved time is over.')
  if (evseCode !== asked.evseCode) throw new Problem('WRONG_EVSE', `The reservation is for the connector ${evseCode}.`)
}
