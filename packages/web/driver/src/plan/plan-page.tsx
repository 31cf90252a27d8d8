import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { evseQuery, plansQuery } from '../api/queries.ts'
import type { PublicEvseDetail } from '../api/types.ts'
import { useDriver } from '../api/use-driver.ts'
import { Page } from '../layout/page.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Failure, Notice, Waiting } from '../layout/states.tsx'
import { text } from '../text.ts'
import { choiceFaults } from './choice-faults.ts'
import { Offers } from './offers.tsx'
import { useWish } from './use-wish.ts'
import { WishForm } from './wish-form.tsx'

const route = getRouteApi('/plan/$code')

const Planner = ({ site, evse }: PublicEvseDetail) => {
  const { wish, now, fields } = useWish(site, evse.code)
  const { error } = useQuery(plansQuery(typeof wish === 'string' ? undefined : wish))
  return (
    <div className="vw-planner">
      <WishForm {...fields} faults={choiceFaults(error)} />
      <section aria-label={text('plans')} className="vw-offers">
        {typeof wish === 'string' ? (
          <Notice tone="warn">{text(wish)}</Notice>
        ) : (
          <Offers key={evse.code} wish={wish} timeZone={site.timeZone} now={now} />
        )}
      </section>
    </div>
  )
}

/** Asks when and how much, and shows what can be had for it. */
export const PlanPage = () => {
  const { code } = route.useParams()
  const query = useQuery(evseQuery(code))
  const { vehicles, carsKnown } = useDriver()
  const title = query.data ? text('planAt', { place: query.data.site.name }) : text('planAndReserve')
  return (
    <Page title={title} back="/" wide>
      {query.isPending && <Waiting />}
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <>
          <p className="vw-muted">
            {query.data.evse.label} · {Math.round(query.data.evse.maxPowerW / 1000)} kW {query.data.evse.currentType}
          </p>
          <SignedIn>
            {/* A form that is shown before the cars are there would start anew with them, and lose what was typed. */}
            {carsKnown ? <Planner key={vehicles.length > 0 ? 'car' : 'none'} {...query.data} /> : <Waiting />}
          </SignedIn>
        </>
      )}
    </Page>
  )
}
