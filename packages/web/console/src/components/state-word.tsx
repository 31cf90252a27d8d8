import {
  IconAlertTriangle,
  IconBan,
  IconBolt,
  IconCalendarClock,
  IconCircleCheck,
  IconCircleOff,
  IconClock,
  IconHandStop,
  IconPlayerPause,
  IconPlugConnected,
  IconReceipt,
} from '@tabler/icons-react'
import { wordOf } from '../text.ts'

const LOOK = {
  pending: [IconPlugConnected, 'suspended'],
  charging: [IconBolt, 'charging'],
  suspended: [IconPlayerPause, 'suspended'],
  idle: [IconClock, 'suspended'],
  ended: [IconCircleCheck, 'offline'],
  held: [IconHandStop, 'faulted'],
  billed: [IconReceipt, 'available'],
  confirmed: [IconCalendarClock, 'reserved'],
  pushed: [IconCalendarClock, 'reserved'],
  active: [IconCircleCheck, 'available'],
  completed: [IconCircleCheck, 'available'],
  released: [IconCircleOff, 'offline'],
  cancelled: [IconCircleOff, 'offline'],
  blocked: [IconBan, 'faulted'],
  expired: [IconClock, 'faulted'],
  queued: [IconClock, 'suspended'],
  answered: [IconCircleCheck, 'available'],
  failed: [IconAlertTriangle, 'faulted'],
  result: [IconCircleCheck, 'available'],
  error: [IconAlertTriangle, 'faulted'],
  high: [IconAlertTriangle, 'faulted'],
  medium: [IconAlertTriangle, 'suspended'],
  low: [IconClock, 'offline'],
} as const

const isKnown = (state: string): state is keyof typeof LOOK => state in LOOK

/** A state of some noun as icon and word; `family` is the noun's prefix in the catalogue. */
export const StateWord = ({ family, state }: { readonly family: string; readonly state: string }) => {
  const [Icon, colour] = isKnown(state) ? LOOK[state] : ([IconClock, 'offline'] as const)
  return (
    <span className="c-state" style={{ color: `var(--vw-${colour})` }}>
      <Icon size={15} aria-hidden />
      {wordOf(family, state)}
    </span>
  )
}
