import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '@voltway/ui'
import { useState } from 'react'
import type { Site, Tariff } from '../../api-types.ts'
import { ProblemNote } from '../../components/problem.tsx'
import { listQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'

/** Which tariff the connectors of a site have, and another to take its place. */
export const SiteTariff = ({ site }: { readonly site: Site }) => {
  const mayChange = useScopes()('tariffs:write')
  const { data, error, refetch } = useInfiniteQuery(listQuery<Tariff>('tariffs', '/tariffs', { limit: 200 }))
  const tariffs = data?.pages.flatMap(({ items }) => items) ?? []
  const current = tariffs.find(({ id }) => id === site.tariffId)
  const [chosen, setChosen] = useState('')
  const change = useAction({
    run: () => api('PUT', `/sites/${site.id}/tariff`, { tariffId: chosen }),
    stale: [['sites'], ['tariffs']],
    said: () => t('tariff.applied', { site: site.name }),
    onDone: () => setChosen(''),
  })
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  return (
    <div className="c-surface c-form">
      <p className="c-plain">
        {current ? (
          <>
            <Link to="/tariffs/$id" params={{ id: current.id }}>
              {current.name}
            </Link>
            <span className="c-sub">{current.summary}</span>
          </>
        ) : (
          t('site.noTariff')
        )}
      </p>
      {mayChange && (
        <div className="c-fields">
          <NativeSelect
            aria-label={t('site.tariff')}
            value={chosen || (site.tariffId ?? '')}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            data={[
              ...(site.tariffId ? [] : [{ value: '', label: t('site.noTariff') }]),
              ...tariffs.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <Button
            variant="default"
            disabled={chosen === '' || chosen === site.tariffId}
            loading={change.isPending}
            onClick={() => change.mutate()}
          >
            {t('tariff.apply')}
          </Button>
        </div>
      )}
    </div>
  )
}
