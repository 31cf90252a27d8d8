import { useQuery } from '@tanstack/react-query'
import { formatDuration, formatEnergy, formatMoney } from '@voltway/ui'
import { plansQuery } from '../api/queries.ts'
import type { PublicEvse, Vehicle } from '../api/types.ts'
import { estimateOf, typicalEnergyWh } from '../find/estimate.ts'
import { text } from '../text.ts'

export interface PriceForMeProps {
  readonly evse: PublicEvse
  readonly currency: string
  readonly vehicle: Vehicle | undefined
  readonly signedIn: boolean
}

/** The price of a typical charge from now: the platform's own for who is signed in, an estimate for everybody else. */
export const PriceForMe = ({ evse, currency, vehicle, signedIn }: PriceForMeProps) => {
  const energyWh = typicalEnergyWh(vehicle)
  const wish = { evseCode: evse.code, energyWh, ...(vehicle && { vehicleId: vehicle.id }) }
  const plans = useQuery({ ...plansQuery(wish), enabled: signedIn && evse.status !== 'faulted' })
  const asked = plans.data?.asked
  const estimate = estimateOf(evse, vehicle)
  const money = asked ? asked.cost.total : estimate && { currency, micros: estimate.micros }
  const milliseconds = asked ? Date.parse(asked.end) - Date.parse(asked.start) : (estimate?.minutes ?? 0) * 60_000
  return (
    <section className="vw-card vw-price" aria-labelledby="price-title">
      <h2 id="price-title">{text('priceForMe')}</h2>
      {money ? (
        <p className="vw-price-line">
          <strong className="vw-figure">
            {!asked && <span className="vw-muted">{text('about')} </span>}
            {formatMoney(money)}
          </strong>
          <span className="vw-muted">
            {formatEnergy(energyWh)} · {formatDuration(milliseconds)}
          </span>
        </p>
      ) : (
        <p>{text('noPriceForMe')}</p>
      )}
      <p className="vw-muted">
        {evse.pricePerKwhNow && (
          <>
            {text('priceNow')} {formatMoney(evse.pricePerKwhNow, 4)}/kWh
            <br />
          </>
        )}
        {evse.tariffSummary && `${text('tariff')} ${priceWords(evse.tariffSummary, currency)}`}
      </p>
    </section>
  )
}

/** `0.45/kWh` with its currency, in the reader's way of writing amounts. */
export const priceWords = (price: string, currency: string) =>
  price.replace(/\d+\.\d+/g, (amount) => formatMoney({ currency, micros: String(Math.round(Number(amount) * 1e6)) }, 4))
