import { Alert, Button, Group, TextInput } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { api } from '@voltway/ui'
import { useState } from 'react'
import type { Session } from '../../api-types.ts'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'

/** A session that was not billed because its readings are not plausible: a person decides, with a reason. */
export const HeldReview = ({ session, mayDecide }: { readonly session: Session; readonly mayDecide: boolean }) => {
  const [reason, setReason] = useState('')
  const decide = useAction({
    run: (decision: 'bill' | 'waive') => api('POST', `/sessions/${session.id}/release`, { decision, reason }),
    stale: [['sessions'], ['overview']],
    said: () => t('held.done'),
  })
  return (
    <Alert variant="outline" color="red" icon={<IconHandStop size={18} aria-hidden />} title={t('held.title')} mb="md">
      <ul className="c-reasons">
        {session.heldReasons.map((one) => (
          <li key={one}>{wordOf('heldReason', one)}</li>
        ))}
      </ul>
      <p className="c-reasons">{t('held.hint')}</p>
      {mayDecide && (
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('held.reason')}
            required
            value={reason}
            maxLength={500}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            w={320}
          />
          <Button variant="default" disabled={reason.trim() === ''} loading={decide.isPending} onClick={() => decide.mutate('bill')}>
            {t('held.bill')}
          </Button>
          <Button variant="default" disabled={reason.trim() === ''} loading={decide.isPending} onClick={() => decide.mutate('waive')}>
            {t('held.waive')}
          </Button>
        </Group>
      )}
    </Alert>
  )
}
