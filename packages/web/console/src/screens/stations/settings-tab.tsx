import { Button, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { api } from '@voltway/ui'
import { useState } from 'react'
import type { StationDetail } from '../../api-types.ts'
import { Confirm } from '../../components/confirm.tsx'
import { Part } from '../../components/page.tsx'
import { faultAt } from '../../components/problem.tsx'
import { Secret } from '../../components/secret.tsx'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'
import { connectionUrl } from './connection-url.ts'

/** Name, how strictly its messages are taken, and a new password. */
export const SettingsTab = ({ station }: { readonly station: StationDetail }) => {
  const may = useScopes()
  const writes = may('stations:write')
  const form = useForm({
    initialValues: {
      name: station.name,
      inboundMode: station.inboundMode,
      registration: station.registration,
      sharedLimitKw: station.sharedLimitW === undefined ? '' : ((station.sharedLimitW / 1000) as number | string),
    },
  })
  const save = useAction({
    run: ({ sharedLimitKw, ...values }: typeof form.values) =>
      api<StationDetail>('PATCH', `/stations/${station.id}`, {
        ...values,
        sharedLimitW: sharedLimitKw === '' ? null : Math.round(Number(sharedLimitKw) * 1000),
      }),
    stale: [['stations']],
    said: () => t('do.saved'),
    onDone: (_, values) => form.resetDirty(values),
  })
  return (
    <>
      <form className="c-surface c-form" onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput
          label={t('settings.name')}
          required
          disabled={!writes}
          {...form.getInputProps('name')}
          error={faultAt(save.error, 'name')}
        />
        <NativeSelect
          label={t('settings.inbound')}
          disabled={!writes}
          data={[
            { value: 'lenient', label: t('settings.lenient') },
            { value: 'strict', label: t('settings.strict') },
          ]}
          {...form.getInputProps('inboundMode')}
        />
        <NativeSelect
          label={t('settings.registration')}
          disabled={!writes}
          data={[
            { value: 'accepted', label: t('settings.accepted') },
            { value: 'pending', label: t('settings.pending') },
            { value: 'rejected', label: t('settings.rejected') },
          ]}
          {...form.getInputProps('registration')}
        />
        <NumberInput
          label={`${t('settings.sharedLimit')}, kW (${t('word.optional')})`}
          hideControls
          min={1}
          disabled={!writes}
          {...form.getInputProps('sharedLimitKw')}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={!writes || !form.isDirty()} loading={save.isPending}>
            {t('do.save')}
          </Button>
        </Group>
      </form>
      {writes && <Password station={station} />}
    </>
  )
}

const Password = ({ station }: { readonly station: StationDetail }) => {
  const [asking, { open, close }] = useDisclosure(false)
  const [password, setPassword] = useState<string>()
  const renew = useAction({
    run: () => api<{ readonly password?: string }>('POST', `/stations/${station.id}/password`, {}),
    stale: [],
    onDone: (answer) => {
      close()
      setPassword(answer.password)
    },
  })
  return (
    <Part title={t('settings.password')}>
      <div className="c-surface c-form">
        <Text size="sm">{t('settings.passwordHint')}</Text>
        <Group>
          <Button variant="default" onClick={open}>
            {t('settings.passwordNew')}
          </Button>
        </Group>
      </div>
      <Confirm
        opened={asking}
        danger={false}
        title={t('settings.passwordConfirm', { name: station.name })}
        hint={t('settings.passwordHint')}
        confirm={t('settings.passwordNew')}
        waiting={renew.isPending}
        onConfirm={() => renew.mutate()}
        onClose={close}
      />
      <Secret
        title={station.name}
        secrets={
          password === undefined
            ? undefined
            : [
                { label: t('secret.url'), text: connectionUrl(station.identity) },
                { label: t('secret.password'), text: password },
              ]
        }
        onClose={() => setPassword(undefined)}
      />
    </Part>
  )
}
