import '../kit.ts'
import { Button } from '@mantine/core'
import { IconPlayerStopFilled } from '@tabler/icons-react'
import { api, formatMoney } from '@voltway/ui'
import { useChange } from '../api/queries.ts'
import type { Session } from '../api/types.ts'
import { Confirm } from '../layout/confirm.tsx'
import { Failure } from '../layout/states.tsx'
import { text } from '../text.ts'
import { useStopping } from './use-stopping.ts'

/** One big Stop; asks once, because a stopped session does not go on. */
export const StopButton = ({ session }: { readonly session: Session }) => {
  const { stopping, setStopping } = useStopping(session)
  const stop = useChange(() => api<unknown>('POST', `/driver/sessions/${session.id}/stop`), [['sessions']])
  const press = () => {
    setStopping(true)
    stop.mutate(undefined, { onError: () => setStopping(false) })
  }
  return (
    <div className="vw-stop">
      {stop.error && <Failure error={stop.error} />}
      <Confirm
        label={text('stop')}
        question={text('stopQuestion')}
        detail={session.cost ? text('stopDetail', { cost: formatMoney(session.cost.total) }) : text('stopDetailShort')}
        onConfirm={press}
        render={(open) => (
          <Button
            size="xl"
            fullWidth
            color="var(--vw-faulted)"
            autoContrast={false}
            className="vw-stop-button"
            disabled={stopping}
            leftSection={<IconPlayerStopFilled size={24} aria-hidden />}
            onClick={open}
          >
            {stopping ? text('stopping') : text('stop')}
          </Button>
        )}
      />
    </div>
  )
}
