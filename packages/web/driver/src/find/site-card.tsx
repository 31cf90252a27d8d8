import { Link } from '@tanstack/react-router'
import { formatAge, formatMoney } from '@voltway/ui'
import { text } from '../text.ts'
import type { FoundSite } from './choose-sites.ts'
import { formatDistance } from './format-distance.ts'
import { plugSummary } from './plug-summary.ts'

/** `3 of 8 free, 2 min ago` as the one thing to see. */
export const FreeNow = ({ found, now }: { readonly found: FoundSite; readonly now: number }) => {
  const { free, evses, statusAt } = found
  return (
    <span className={free > 0 ? 'vw-free' : 'vw-free vw-free-none'}>
      <strong>{free > 0 ? text('freeOf', { free, all: evses.length }) : text('noneFree', { all: evses.length })}</strong>
      {statusAt && <span className="vw-muted">{formatAge(statusAt, now)}</span>}
    </span>
  )
}

/** One place to charge, to compare with the next. */
export const SiteCard = ({ found, now }: { readonly found: FoundSite; readonly now: number }) => {
  const { site, evses, metres, micros } = found
  return (
    <Link to="/sites/$siteId" params={{ siteId: site.id }} className="vw-card vw-site">
      <span className="vw-site-head">
        <span className="vw-site-name">{site.name}</span>
        {metres !== undefined && <span className="vw-muted vw-number">{formatDistance(metres)}</span>}
      </span>
      <span className="vw-muted">
        {site.address}, {site.city}
      </span>
      <span className="vw-muted">{plugSummary(evses)}</span>
      <span className="vw-site-foot">
        <FreeNow found={found} now={now} />
        {micros && (
          <span className="vw-site-price">
            {text('about')} <strong>{formatMoney({ currency: site.currency, micros })}</strong>
          </span>
        )}
      </span>
    </Link>
  )
}
