import { IconCurrentLocation, IconSparkles } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { formatEnergy, useNow } from '@voltway/ui'
import { lazy, Suspense, useMemo, useState } from 'react'
import { sitesQuery } from '../api/queries.ts'
import { useDriver } from '../api/use-driver.ts'
import { Page } from '../layout/page.tsx'
import { Empty, Failure, Waiting } from '../layout/states.tsx'
import { text } from '../text.ts'
import { chooseSites, NO_FILTERS } from './choose-sites.ts'
import { typicalEnergyWh } from './estimate.ts'
import { FilterBar } from './filter-bar.tsx'
import { plugName } from './plug-summary.ts'
import { SiteCard } from './site-card.tsx'
import { usePosition } from './use-position.ts'

const FindMap = lazy(() => import('./find-map.tsx').then(({ FindMap: map }) => ({ default: map })))
const route = getRouteApi('/')
const VIEWS = [
  { search: {}, label: text('viewList') },
  { search: { view: 'map' }, label: text('viewMap') },
] as const satisfies readonly { readonly search: { readonly view?: 'map' }; readonly label: string }[]

/** Where to charge: a list, and the same on a map. */
export const FindPage = () => {
  const { view } = route.useSearch()
  const navigate = useNavigate()
  const now = useNow(10_000)
  const sites = useQuery(sitesQuery)
  const { vehicle } = useDriver()
  const { state, position, locate } = usePosition()
  const [filters, setFilters] = useState(NO_FILTERS)
  const found = useMemo(
    () => chooseSites(sites.data?.items ?? [], filters, { vehicle, position }),
    [sites.data, filters, vehicle, position],
  )
  const plug = vehicle?.connectorStandards.map(plugName).join(' / ')
  return (
    <Page title={text('findTitle')} wide>
      <div className="vw-find-bar">
        <fieldset className="vw-view">
          <legend className="vw-hidden">{text('viewLabel')}</legend>
          {VIEWS.map(({ search, label }) => (
            <button
              key={label}
              type="button"
              aria-pressed={'view' in search === (view === 'map')}
              onClick={() => void navigate({ to: '/', search, replace: true })}
            >
              {label}
            </button>
          ))}
        </fieldset>
        {state !== 'known' && (
          <button type="button" className="vw-button vw-button-small" disabled={state === 'asking'} onClick={locate}>
            <IconCurrentLocation size={18} aria-hidden /> {text('nearMe')}
          </button>
        )}
        <Link to="/best" className="vw-button vw-button-small vw-find-best">
          <IconSparkles size={18} aria-hidden /> {text('bestForMe')}
        </Link>
      </div>
      <FilterBar filters={filters} onChange={setFilters} plug={plug} />
      {state === 'refused' && <p className="vw-muted">{text('positionRefused')}</p>}
      {sites.isPending && <Waiting rows={4} />}
      {sites.isError && <Failure error={sites.error} onRetry={() => void sites.refetch()} />}
      {sites.isSuccess && found.length === 0 && <Empty>{sites.data.items.length === 0 ? text('noSites') : text('noneMatch')}</Empty>}
      {found.length > 0 && (
        <p className="vw-muted vw-basis">
          {vehicle
            ? text('priceBasisCar', { energy: formatEnergy(typicalEnergyWh(vehicle)), car: vehicle.label })
            : text('priceBasis', { energy: formatEnergy(typicalEnergyWh(vehicle)) })}
        </p>
      )}
      {view === 'map' && sites.isSuccess && (
        <Suspense fallback={<Waiting rows={1} />}>
          <FindMap found={found} now={now} />
        </Suspense>
      )}
      {view !== 'map' && (
        <ul className="vw-list vw-sites">
          {found.map((one) => (
            <li key={one.site.id}>
              <SiteCard found={one} now={now} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
