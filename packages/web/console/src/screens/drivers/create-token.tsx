import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api } from '@voltway/ui'
import { faultAt, ProblemNote } from '../../components/problem.tsx'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'

const TYPES = ['rfid', 'app', 'contract', 'other']

/** A card or another token of a driver; its text goes to the server once and comes back never. */
export const CreateToken = ({
  driverId,
  opened,
  onClose,
}: {
  readonly driverId: string
  readonly opened: boolean
  readonly onClose: () => void
}) => {
  const form = useForm({ initialValues: { type: 'rfid', token: '', label: '' } })
  const create = useAction({
    run: (values: typeof form.values) => api('POST', `/drivers/${driverId}/tokens`, values),
    stale: [['drivers'], ['tokens']],
    said: () => t('tokens.added'),
    quiet: true,
    onDone: () => {
      form.reset()
      onClose()
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={t('tokens.new')} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack gap="md">
          <NativeSelect
            label={t('tokens.type')}
            data={TYPES.map((value) => ({ value, label: wordOf('tokenType', value) }))}
            {...form.getInputProps('type')}
          />
          <TextInput
            label={t('tokens.token')}
            description={t('tokens.tokenHint')}
            required
            data-autofocus
            minLength={4}
            maxLength={36}
            autoComplete="off"
            classNames={{ input: 'vw-mono' }}
            {...form.getInputProps('token')}
            error={faultAt(create.error, 'token')}
          />
          <TextInput
            label={t('tokens.label')}
            required
            maxLength={80}
            {...form.getInputProps('label')}
            error={faultAt(create.error, 'label')}
          />
          {create.error && <ProblemNote error={create.error} title={t('do.failed')} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('do.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('tokens.new')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
