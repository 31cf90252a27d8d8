import { Button, Group } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '@voltway/ui'
import type { Site } from '../../api-types.ts'
import { Page, Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { siteQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'
import { bodyOfSite, draftOfSite, type SiteDraft, SiteForm } from './site-form.tsx'
import { SiteTariff } from './site-tariff.tsx'

const route = getRouteApi('/shell/sites/$id')

const Editor = ({ site }: { readonly site: Site }) => {
  const mayChange = useScopes()('stations:write')
  const form = useForm({ initialValues: draftOfSite(site) })
  const save = useAction({
    run: (draft: SiteDraft) => api<Site>('PATCH', `/sites/${site.id}`, bodyOfSite(draft)),
    stale: [['sites']],
    said: () => t('site.saved'),
    quiet: true,
    onDone: (saved) => {
      form.setInitialValues(draftOfSite(saved))
      form.reset()
    },
  })
  return (
    <form className="c-surface" onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <SiteForm form={form} error={save.error} readOnly={!mayChange} />
      {form.isDirty('timeZone') && (
        <p className="c-sub" role="status">
          {t('site.zoneWarn')}
        </p>
      )}
      {save.error && <ProblemNote error={save.error} title={t('do.failed')} />}
      {mayChange && (
        <Group justify="flex-end" mt="md">
          {form.isDirty() && (
            <Button variant="default" onClick={() => form.reset()}>
              {t('do.cancel')}
            </Button>
          )}
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t('do.save')}
          </Button>
        </Group>
      )}
    </form>
  )
}

/** One site: what is said of it, and the tariff of its connectors. */
export const SiteScreen = () => {
  const { id } = route.useParams()
  const { data: site, error, refetch } = useQuery(siteQuery(id))
  const back = <Link to="/map">{t('page.back', { name: t('map.title') })}</Link>
  if (!site)
    return (
      <Page title={t('site.title')} back={back}>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  return (
    <Page
      title={site.name}
      back={back}
      beside={`${wordOf('kind', site.kind)}, ${site.city}`}
      actions={
        <>
          <Link to="/stations" search={{ siteId: id }}>
            {t('site.stations')}
          </Link>
          <Link to="/sessions" search={{ siteId: id }}>
            {t('site.sessions')}
          </Link>
          <Link to="/energy" search={{ siteId: id }}>
            {t('site.energy')}
          </Link>
        </>
      }
    >
      <div className="c-editor">
        <Part title={t('site.facts')}>
          <Editor key={site.id} site={site} />
        </Part>
        <Part title={t('site.tariff')} hint={t('site.tariffHint')}>
          <SiteTariff site={site} />
        </Part>
      </div>
    </Page>
  )
}
