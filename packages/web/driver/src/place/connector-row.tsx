import { Link } from '@tanstack/react-router'
import { formatAge, formatMoney, StatusBadge } from '@voltway/ui'
import type { PublicEvse, Vehicle } from '../api/types.ts'
import { estimateOf, fits } from '../find/estimate.ts'
import { text } from '../text.ts'

export interface ConnectorRowProps {
  readonly evse: PublicEvse
  readonly currency: string
  readonly vehicle: Vehicle | undefined
  readonly now: number
}

/** One connector: what it is, whether it is free, what my charge costs there. */
export const ConnectorRow = ({ evse, currency, vehicle, now }: ConnectorRowProps) => {
  const estimate = estimateOf(evse, vehicle)
  return (
    <Link to="/e/$code" params={{ code: evse.code }} className="vw-row">
      <span className="vw-row-main">
        <strong>{evse.label}</strong>
        <span className="vw-muted">
          {Math.round(evse.maxPowerW / 1000)} kW {evse.currentType}
          {vehicle && !fits(evse, vehicle) && ` · ${text('notMyPlug')}`}
        </span>
      </span>
      <span className="vw-row-end">
        <StatusBadge status={evse.status} />
        <span className="vw-muted">{evse.statusAt && formatAge(evse.statusAt, now)}</span>
        {estimate && (
          <span className="vw-site-price">
            {text('about')} <strong>{formatMoney({ currency, micros: estimate.micros })}</strong>
          </span>
        )}
      </span>
    </Link>
  )
}
