import type { Reservation } from '../../api-types.ts'
import { wordOf } from '../../text.ts'

/** What is wrong with a reservation, and the station's own word where it refused; else who ended it. */
export const ReservationTrouble = ({ reservation }: { readonly reservation: Reservation }) => {
  const { trouble, troubleDetail, stateCause } = reservation
  if (trouble === undefined) return stateCause ? <span className="c-sub">{wordOf('reservationCause', stateCause)}</span> : null
  return <span className="c-sub c-warn">{[wordOf('reservationTrouble', trouble), troubleDetail].filter(Boolean).join(' · ')}</span>
}
