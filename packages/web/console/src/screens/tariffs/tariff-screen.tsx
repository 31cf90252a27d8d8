import { Button, Group, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api, formatExact } from '@voltway/ui'
import { useState } from 'react'
import type { Tariff } from '../../api-types.ts'
import { Page, Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { sitesQuery, tariffQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'
import { PriceSimulator } from './price-simulator.tsx'
import { newDraft, type TariffDraft } from './tariff-draft.ts'
import { TariffForm } from './tariff-form.tsx'
import { definitionOf, draftOf } from './tariff-json.ts'

const route = getRouteApi('/shell/tariffs/$id')

const ApplyToSite = ({ tariff }: { readonly tariff: Tariff }) => {
  const sites = useQuery(sitesQuery).data?.items ?? []
  const [siteId, setSiteId] = useState('')
  const site = sites.find(({ id }) => id === siteId) ?? sites[0]
  const apply = useAction({
    run: () => api('PUT', `/sites/${site?.id}/tariff`, { tariffId: tariff.id }),
    stale: [['sites'], ['tariffs']],
    said: () => t('tariff.applied', { site: site?.name ?? '' }),
  })
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        size="xs"
        aria-label={t('tariff.sites')}
        value={site?.id ?? ''}
        onChange={({ currentTarget }) => setSiteId(currentTarget.value)}
        data={sites.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Button
        size="xs"
        variant="default"
        disabled={!site || site.tariffId === tariff.id}
        loading={apply.isPending}
        onClick={() => apply.mutate()}
      >
        {t('tariff.apply')}
      </Button>
    </Group>
  )
}

const Editor = ({ tariff, first }: { readonly tariff: Tariff | undefined; readonly first: TariffDraft }) => {
  const may = useScopes()
  const navigate = route.useNavigate()
  const [draft, setDraft] = useState(first)
  const save = useAction({
    run: () => {
      const body = { name: draft.name, definition: definitionOf(draft) }
      return tariff ? api<Tariff>('PUT', `/tariffs/${tariff.id}`, body) : api<Tariff>('POST', '/tariffs', body)
    },
    stale: [['tariffs']],
    said: ({ version }) => t('tariff.saved', { version }),
    quiet: true,
    onDone: ({ id }) => void navigate({ to: '/tariffs/$id', params: { id }, replace: true }),
  })
  return (
    <Page
      title={tariff?.name ?? t('tariff.new')}
      back={<Link to="/tariffs">{t('page.back', { name: t('tariffs.title') })}</Link>}
      beside={tariff && t('tariff.version', { version: tariff.version, time: formatExact(tariff.updatedAt) })}
      actions={tariff && may('tariffs:write') && <ApplyToSite tariff={tariff} />}
    >
      <div className="c-editor">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <TariffForm draft={draft} onChange={setDraft} error={save.error} />
          {save.error && <ProblemNote error={save.error} title={t('tariff.invalid')} />}
          {may('tariffs:write') && (
            <Group justify="flex-end" mt="md">
              <Button type="submit" loading={save.isPending}>
                {t('tariff.save')}
              </Button>
            </Group>
          )}
        </form>
        <Part title={t('simulate.title')} hint={t('simulate.hint')}>
          <PriceSimulator draft={draft} />
        </Part>
      </div>
    </Page>
  )
}

/** One tariff as a form beside its price simulator; `new` begins one. */
export const TariffScreen = () => {
  const { id } = route.useParams()
  const isNew = id === 'new'
  const sites = useQuery(sitesQuery)
  const { data, error, refetch } = useQuery({ ...tariffQuery(id), enabled: !isNew })
  if (error && !data)
    return (
      <Page title={t('tariffs.title')} back={<Link to="/tariffs">{t('page.back', { name: t('tariffs.title') })}</Link>}>
        <ProblemNote error={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (isNew && !sites.isPending) {
    const site = sites.data?.items[0]
    return <Editor key="new" tariff={undefined} first={newDraft(site?.currency ?? 'EUR', site?.timeZone ?? Temporal.Now.timeZoneId())} />
  }
  return data && !isNew ? <Editor key={`${data.id} ${data.version}`} tariff={data} first={draftOf(data.definition)} /> : null
}
