import { IconLoader2, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import type { SimStation } from './simulator-api.ts'
import { t } from './text.ts'

const LOOK = {
  connected: [IconPlugConnected, 'available'],
  connecting: [IconLoader2, 'suspended'],
  down: [IconPlugConnectedX, 'offline'],
  refused: [IconPlugConnectedX, 'faulted'],
} as const

/** A station's link as icon and word. */
export const LinkWord = ({ link }: Pick<SimStation, 'link'>) => {
  const [Icon, colour] = LOOK[link] ?? LOOK.down
  return (
    <span className="s-word" style={{ color: `var(--vw-${colour})` }}>
      <Icon size={15} aria-hidden />
      {t(`link.${link}`)}
    </span>
  )
}
