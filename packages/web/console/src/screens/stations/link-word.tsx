import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { t } from '../../text.ts'

/** Whether a station is connected, as icon and word. */
export const LinkWord = ({ online }: { readonly online: boolean }) => (
  <span className="c-state" style={{ color: `var(--vw-${online ? 'available' : 'offline'})` }}>
    {online ? <IconPlugConnected size={15} aria-hidden /> : <IconPlugConnectedX size={15} aria-hidden />}
    {t(online ? 'station.online' : 'station.offline')}
  </span>
)
