import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import type { LiveState } from '@voltway/ui'
import { t } from '../text.ts'

/** Whether what is shown changes by itself. */
export const LiveMark = ({ state }: { readonly state: LiveState }) => {
  const Icon = state === 'lost' ? IconPlugConnectedX : IconPlugConnected
  return (
    <output className="c-live" data-state={state} title={t(`live.hint.${state}`)}>
      <Icon size={15} aria-hidden />
      {t(`live.${state}`)}
    </output>
  )
}
