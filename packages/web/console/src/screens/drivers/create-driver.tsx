import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api } from '@voltway/ui'
import type { Driver } from '../../api-types.ts'
import { faultAt, ProblemNote } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'

export interface CreateDriverProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onCreated: (id: string) => void
}

/** A driver without an account of their own, for cards that an operator hands out. */
export const CreateDriver = ({ opened, onClose, onCreated }: CreateDriverProps) => {
  const form = useForm({ initialValues: { name: '', email: '', phone: '' } })
  const create = useAction({
    run: ({ name, email, phone }: typeof form.values) =>
      api<Driver>('POST', '/drivers', { name, ...(email && { email }), ...(phone && { phone }) }),
    stale: [['drivers']],
    said: () => t('drivers.created'),
    quiet: true,
    onDone: ({ id }) => {
      form.reset()
      onCreated(id)
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={t('drivers.new')} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label={t('drivers.name')}
            required
            data-autofocus
            {...form.getInputProps('name')}
            error={faultAt(create.error, 'name')}
          />
          <TextInput label={t('drivers.email')} type="email" {...form.getInputProps('email')} error={faultAt(create.error, 'email')} />
          <TextInput label={t('drivers.phone')} type="tel" {...form.getInputProps('phone')} error={faultAt(create.error, 'phone')} />
          {create.error && <ProblemNote error={create.error} title={t('do.failed')} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('do.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('drivers.new')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
