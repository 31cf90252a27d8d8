import {
  IconAlertTriangle,
  IconBolt,
  IconCalendarClock,
  IconCircleCheck,
  IconCircleOff,
  IconHelpCircle,
  IconPlayerPause,
  IconPlugConnected,
  IconPlugConnectedX,
} from '@tabler/icons-react'

const LOOK = {
  available: { icon: IconCircleCheck, colour: 'available', word: 'Free' },
  occupied: { icon: IconPlugConnected, colour: 'suspended', word: 'Plugged in' },
  charging: { icon: IconBolt, colour: 'charging', word: 'Charging' },
  suspended: { icon: IconPlayerPause, colour: 'suspended', word: 'Paused' },
  reserved: { icon: IconCalendarClock, colour: 'reserved', word: 'Reserved' },
  unavailable: { icon: IconCircleOff, colour: 'offline', word: 'Out of service' },
  faulted: { icon: IconAlertTriangle, colour: 'faulted', word: 'Faulted' },
  offline: { icon: IconPlugConnectedX, colour: 'offline', word: 'Offline' },
  unknown: { icon: IconHelpCircle, colour: 'offline', word: 'Unknown' },
} as const

export type EvseStatusName = keyof typeof LOOK
export const statusColour = (status: EvseStatusName) => `var(--vw-${LOOK[status].colour})`
export const statusWord = (status: EvseStatusName) => LOOK[status].word

/** An EVSE's state as icon and word, never colour alone. */
export const StatusBadge = ({ status, size = 16 }: { readonly status: EvseStatusName; readonly size?: number }) => {
  const { icon: Icon, word } = LOOK[status]
  return (
    <span
      style={{ display: 'inline-flex', alignItems: 'center', gap: 4, color: statusColour(status), fontWeight: 600, whiteSpace: 'nowrap' }}
    >
      <Icon size={size} stroke={2} aria-hidden />
      {word}
    </span>
  )
}
