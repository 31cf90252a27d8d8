import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { formatDuration, formatEnergy, formatMoney, formatPercent } from '@voltway/ui'
import { userLocale } from '@voltway/ui/format'
import { receiptQuery } from '../api/queries.ts'
import type { Receipt } from '../api/types.ts'
import { Page } from '../layout/page.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Failure, Waiting } from '../layout/states.tsx'
import { text } from '../text.ts'
import { CostLines } from './cost-lines.tsx'

const route = getRouteApi('/sessions/$id/receipt')

/** A receipt is read years later: its times carry the year. */
const receiptTime = (iso: string, timeZone: string) =>
  new Intl.DateTimeFormat(userLocale(), { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(iso))

const STOPS = {
  driver: 'stopDriver',
  operator: 'stopOperator',
  batteryFull: 'stopFull',
  reservationEnded: 'stopReservation',
  unplugged: 'stopUnplugged',
  fault: 'stopFault',
  powerLoss: 'stopPower',
  energyLimit: 'stopEnergyLimit',
  timeLimit: 'stopTimeLimit',
  unauthorised: 'stopUnauthorised',
  reset: 'stopReset',
  other: 'stopOther',
} as const
const stopText = (reason: string | undefined) => {
  const key = STOPS[reason as keyof typeof STOPS]
  return key && text(key)
}

const rowsOf = (receipt: Receipt): readonly (readonly [string, string])[] => {
  const { startedAt, chargingEndedAt, endedAt, timeZone, station, operator } = receipt
  const battery =
    receipt.socEnd === undefined
      ? undefined
      : [receipt.socStart, receipt.socEnd]
          .filter((soc) => soc !== undefined)
          .map(formatPercent)
          .join(' → ')
  const rows: readonly (readonly [string, string | undefined])[] = [
    [text('place'), [station.siteName, station.name, station.evse].filter(Boolean).join(' · ')],
    [text('address'), station.address],
    [text('car'), receipt.vehicle],
    [text('started'), receiptTime(startedAt, timeZone)],
    [text('ended'), receiptTime(endedAt, timeZone)],
    [text('duration'), formatDuration(Date.parse(endedAt) - Date.parse(startedAt))],
    [text('charging'), formatDuration(Date.parse(chargingEndedAt) - Date.parse(startedAt))],
    [text('energyIn'), formatEnergy(receipt.importWh)],
    [text('energyOut'), formatEnergy(receipt.exportWh)],
    [text('battery'), battery],
    [text('endedBy'), stopText(receipt.stopReason)],
    [text('planAccepted'), receipt.plan && `${formatEnergy(receipt.plan.acceptedWh)} · ${formatMoney(receipt.plan.accepted)}`],
    [text('tariffName'), receipt.tariffName],
    [text('operator'), [operator.name, operator.address].filter(Boolean).join(', ')],
    [text('vatNumber'), operator.vatNumber],
    [text('timeZone'), timeZone],
  ]
  return rows.flatMap(([label, value]) => (value ? [[label, value] as const] : []))
}

const Details = ({ id }: { readonly id: string }) => {
  const query = useQuery(receiptQuery(id))
  if (query.isPending) return <Waiting />
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  const receipt = query.data
  return (
    <article className="vw-card vw-receipt">
      <p className="vw-receipt-head">
        <strong>{text('receiptNumber', { number: receipt.number })}</strong>
        <span className="vw-muted">{receiptTime(receipt.issuedAt, receipt.timeZone)}</span>
      </p>
      <CostLines cost={receipt.cost} />
      <dl className="vw-facts">
        {rowsOf(receipt).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="vw-actions">
        <a className="vw-button" href={`/api/v1/driver/sessions/${id}/receipt.pdf`} download={`voltway-${receipt.number}.pdf`}>
          {text('pdf')}
        </a>
      </div>
    </article>
  )
}

/** The receipt as a page; the PDF says the same. */
export const ReceiptPage = () => {
  const { id } = route.useParams()
  return (
    <Page title={text('receipt')} back="/charging">
      <SignedIn>
        <Details id={id} />
      </SignedIn>
    </Page>
  )
}
