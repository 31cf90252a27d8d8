import type { Reservation } from '../api/types.ts'
import { text } from '../text.ts'

const KEYS = {
  confirmed: 'stateConfirmed',
  pushed: 'statePushed',
  active: 'stateActive',
  completed: 'stateCompleted',
  released: 'stateReleased',
  cancelled: 'stateCancelled',
} as const

export const reservationStateText = ({ state }: Pick<Reservation, 'state'>) => text(KEYS[state] ?? 'stateConfirmed')
