import { IconCurrentLocation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { sitesQuery } from '../api/queries.ts'
import type { NetworkWish, PublicSite, Wish } from '../api/types.ts'
import { useDriver } from '../api/use-driver.ts'
import type { Position } from '../find/choose-sites.ts'
import { usePosition } from '../find/use-position.ts'
import { Page } from '../layout/page.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Empty, Failure, Notice, Waiting } from '../layout/states.tsx'
import { useWish } from '../plan/use-wish.ts'
import { WishForm } from '../plan/wish-form.tsx'
import { text } from '../text.ts'
import { BestChoices } from './best-choices.tsx'

/** A form's wish without its connector, from where the driver is. */
const anywhere = ({ evseCode: _, ...wish }: Wish, near: Position | undefined): NetworkWish => ({ ...wish, ...(near && { near }) })

const Chooser = ({ site }: { readonly site: PublicSite }) => {
  const { state, position, locate } = usePosition()
  const { wish, fields } = useWish(site, '')
  return (
    <div className="vw-planner">
      <div className="vw-offers">
        <WishForm {...fields} />
      </div>
      <section aria-label={text('bestForMe')} className="vw-offers">
        {state !== 'known' && (
          <button type="button" className="vw-button" disabled={state === 'asking'} onClick={locate}>
            <IconCurrentLocation size={18} aria-hidden /> {text('bestFromHere')}
          </button>
        )}
        {state === 'refused' && <p className="vw-muted">{text('bestPositionRefused')}</p>}
        {typeof wish === 'string' ? <Notice tone="warn">{text(wish)}</Notice> : <BestChoices wish={anywhere(wish, position)} />}
      </section>
    </div>
  )
}

/** Asks when and how much, and says where and when that costs least, with the way and the wait. */
export const BestPage = () => {
  const sites = useQuery(sitesQuery)
  const { vehicles, carsKnown } = useDriver()
  const [first] = sites.data?.items ?? []
  return (
    <Page title={text('bestForMe')} back="/" wide>
      <p className="vw-muted">{text('bestHint')}</p>
      <SignedIn>
        {sites.isPending && <Waiting />}
        {sites.isError && <Failure error={sites.error} onRetry={() => void sites.refetch()} />}
        {sites.isSuccess && !first && <Empty>{text('noSites')}</Empty>}
        {/* A form that is shown before the cars are there would start anew with them, and lose what was typed. */}
        {first && (carsKnown ? <Chooser key={vehicles.length > 0 ? 'car' : 'none'} site={first} /> : <Waiting />)}
      </SignedIn>
    </Page>
  )
}
