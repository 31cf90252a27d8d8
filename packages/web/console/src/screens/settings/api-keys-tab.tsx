import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, type Column, DataTable, Time } from '@voltway/ui'
import { useState } from 'react'
import type { ApiKey } from '../../api-types.ts'
import { Confirm } from '../../components/confirm.tsx'
import { InErrorFilter } from '../../components/filters.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { Secret } from '../../components/secret.tsx'
import { apiKeysQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'

const route = getRouteApi('/shell/settings')
const SCOPES = [
  'stations:read',
  'stations:write',
  'sessions:read',
  'sessions:write',
  'tariffs:read',
  'tariffs:write',
  'drivers:read',
  'drivers:write',
  'billing:read',
  'commands:write',
  'admin',
]

const Create = ({
  opened,
  onClose,
  onKey,
}: {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onKey: (key: string) => void
}) => {
  const form = useForm<{ name: string; scopes: string[] }>({ initialValues: { name: '', scopes: ['stations:read', 'sessions:read'] } })
  const create = useAction({
    run: (values: typeof form.values) => api<{ readonly key?: string }>('POST', '/api-keys', values),
    stale: [['apiKeys']],
    quiet: true,
    onDone: ({ key }) => {
      form.reset()
      onClose()
      if (key) onKey(key)
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={t('apiKeys.new')} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack gap="md">
          <TextInput label={t('apiKeys.name')} required data-autofocus maxLength={100} {...form.getInputProps('name')} />
          <Checkbox.Group label={t('apiKeys.scopes')} {...form.getInputProps('scopes')}>
            <SimpleGrid cols={2} spacing="sm" mt="sm">
              {SCOPES.map((scope) => (
                <Checkbox key={scope} value={scope} label={<code>{scope}</code>} size="xs" />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
          {create.error && <ProblemNote error={create.error} title={t('do.failed')} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('do.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={form.values.scopes.length === 0}>
              {t('apiKeys.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Keys that programs use instead of a person's sign-in. */
export const ApiKeysTab = () => {
  const { data, error, isPending, refetch } = useQuery(apiKeysQuery)
  const { inError } = route.useSearch()
  const navigate = route.useNavigate()
  const [creating, { open, close }] = useDisclosure(false)
  const [key, setKey] = useState<string>()
  const [revoking, setRevoking] = useState<ApiKey>()
  const revoke = useAction({
    run: (id: string) => api('DELETE', `/api-keys/${id}`),
    stale: [['apiKeys']],
    onDone: () => setRevoking(undefined),
  })
  const columns: readonly Column<ApiKey>[] = [
    { id: 'name', header: t('apiKeys.name'), cell: ({ name }) => name, sortBy: ({ name }) => name },
    { id: 'last', header: t('apiKeys.last'), cell: ({ lastFour }) => <code>…{lastFour}</code> },
    { id: 'scopes', header: t('apiKeys.scopes'), show: 'wide', cell: ({ scopes }) => <code>{scopes.join(' ')}</code> },
    {
      id: 'created',
      header: t('apiKeys.created'),
      show: 'wide',
      cell: ({ createdAt }) => <Time at={createdAt} />,
      sortBy: ({ createdAt }) => createdAt,
    },
    {
      id: 'revoked',
      header: t('apiKeys.revoked'),
      cell: (apiKey) =>
        apiKey.revokedAt ? (
          <Time at={apiKey.revokedAt} />
        ) : (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => setRevoking(apiKey)}
            aria-label={`${t('apiKeys.revoke')} ${apiKey.name}`}
          >
            {t('apiKeys.revoke')}
          </Button>
        ),
    },
  ]
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  return (
    <>
      <Group justify="space-between" mb="sm">
        <InErrorFilter
          value={inError ?? false}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, inError: next || undefined }), replace: true })}
        />
        <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
          {t('apiKeys.new')}
        </Button>
      </Group>
      <DataTable
        caption={t('settings.apiKeys')}
        columns={columns}
        rows={(data?.items ?? []).filter(({ revokedAt }) => !inError || revokedAt)}
        toneOf={({ revokedAt }) => (revokedAt ? 'warning' : undefined)}
        rowKey={({ id }) => id}
        loading={isPending}
        empty={inError ? t('list.noErrors') : t('apiKeys.empty')}
      />
      <Create opened={creating} onClose={close} onKey={setKey} />
      <Secret
        title={t('secret.key')}
        secrets={key === undefined ? undefined : [{ label: t('secret.key'), text: key }]}
        onClose={() => setKey(undefined)}
      />
      <Confirm
        opened={revoking !== undefined}
        title={t('apiKeys.revokeTitle', { name: revoking?.name ?? '' })}
        hint={t('apiKeys.revokeHint')}
        confirm={t('apiKeys.revoke')}
        waiting={revoke.isPending}
        onConfirm={() => revoking && revoke.mutate(revoking.id)}
        onClose={() => setRevoking(undefined)}
      />
    </>
  )
}
