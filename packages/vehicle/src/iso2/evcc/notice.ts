import { seconds } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import type { CarTold } from '../../machine/car-words.ts'
import type { CarView, EvccSession } from './state.ts'

type Status = iso2.AC_EVSEStatusType | iso2.DC_EVSEStatusType
interface Notice {
  readonly told: readonly CarTold[]
  readonly car: Partial<CarView>
}

const WISHES = { StopCharging: 'stop', ReNegotiation: 'renegotiate' } as const

const wishOf = (status: Status): 'stop' | 'renegotiate' | undefined => {
  if (status.EVSENotification !== 'None') return WISHES[status.EVSENotification]
  if ('EVSEStatusCode' in status && status.EVSEStatusCode === 'EVSE_Shutdown') return 'stop'
  return 'RCD' in status && status.RCD ? 'stop' : undefined
}

/** What the station's status asks for: the car does it in order with its next request. Stopping goes before renegotiation. */
export const noticed = ({ car, options }: EvccSession, status: Status | undefined): Notice => {
  const wish = status && wishOf(status)
  const isDeaf = wish === 'stop' && options.policy.stopNotice === 'ignore'
  if (status === undefined || isDeaf || wish === undefined || car.wish === 'stop' || car.wish === 'pause' || car.wish === wish)
    return { told: [], car: {} }
  return { told: [{ told: 'notified', wish, within: seconds(status.NotificationMaxDelay) }], car: { wish } }
}

/** A status that leaves no time for order. */
export const isAlarm = (status: Status | undefined): boolean =>
  status !== undefined &&
  'EVSEStatusCode' in status &&
  (status.EVSEStatusCode === 'EVSE_EmergencyShutdown' || status.EVSEStatusCode === 'EVSE_Malfunction')
