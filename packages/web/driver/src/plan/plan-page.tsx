import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { evseQuery, plansQuery } from '../api/queries.ts'
import type { PublicEvseDetail } from '../api/types.ts'
import { useDriver } from '../api/use-driver.ts'
import { Page } from '../layout/page.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Failure, Notice, Waiting } from '../layout/states.tsx'
import { text } from '../text.ts'
import { choiceFaults } from './choice-faults.ts'
import { Offers } from './offers.tsx'
import { wallOf } from './wall-clock.ts'
import { firstForm, wishOf } from './wish.ts'
import { WishForm } from './wish-form.tsx'

const route = getRouteApi('/plan/$code')
/** Typing is let finish before plans are asked for. */
const QUIET_MS = 400

const Planner = ({ site, evse }: PublicEvseDetail) => {
  const { vehicles, vehicle, choose } = useDriver()
  // What "now" means stays put while the form is filled, so that the same wish is one question.
  const [now] = useState(() => Date.now())
  const [typed, setTyped] = useState(() => firstForm(vehicle))
  const [form] = useDebouncedValue(typed, QUIET_MS)
  const wish = wishOf(form, { evseCode: evse.code, timeZone: site.timeZone, now, vehicleId: vehicle?.id })
  const { error } = useQuery(plansQuery(typeof wish === 'string' ? undefined : wish))
  return (
    <div className="vw-planner">
      <WishForm
        form={typed}
        onChange={setTyped}
        vehicles={vehicles}
        vehicle={vehicle}
        onVehicle={choose}
        currency={site.currency}
        today={wallOf(now, site.timeZone).day}
        faults={choiceFaults(error)}
      />
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
