import { formatDuration, formatMoney, formatPercent } from '@voltway/ui'
import { userLocale } from '@voltway/ui/format'
import type { Cost, CostLine } from '../api/types.ts'
import { text } from '../text.ts'

const DIMENSIONS = {
  energy: 'lineEnergy',
  time: 'lineTime',
  session: 'lineSession',
  idle: 'lineIdle',
  timeOfUse: 'linePeak',
  service: 'lineService',
  feedIn: 'lineFeedIn',
} as const

const number = (value: number) => new Intl.NumberFormat(userLocale(), { maximumFractionDigits: 3 }).format(value)

const lineName = ({ dimension, label }: CostLine) => {
  const key = DIMENSIONS[dimension as keyof typeof DIMENSIONS]
  return [key ? text(key) : dimension, label].filter(Boolean).join(' · ')
}

/** `18.200 kWh × £0.62`, `4 min × £0.40, capped`; a multiplier other than one is said too. */
const lineTerms = ({ unit, quantity, unitPrice, isCapped }: CostLine) => {
  const price = formatMoney(unitPrice, 4)
  const capped = isCapped ? `, ${text('lineCapped')}` : ''
  if (unit === 'Wh') return `${number(quantity / 1000)} kWh × ${price}`
  if (unit === 'ms') return `${quantity < 60_000 ? formatDuration(quantity) : `${number(quantity / 60_000)} min`} × ${price}${capped}`
  return quantity === 1 ? undefined : `${number(quantity)} × ${price}`
}

/** The split of a price, line by line: the same in plan, session and receipt. */
export const CostLines = ({ cost, caption }: { readonly cost: Cost; readonly caption?: string }) => (
  <table className="vw-cost">
    <caption className={caption ? undefined : 'vw-hidden'}>{caption ?? text('costSplit')}</caption>
    <tbody>
      {cost.lines.map((line) => (
        <tr key={`${line.dimension}${line.label}${line.unitPrice.micros}`}>
          <th scope="row">
            {lineName(line)}
            <span className="vw-muted">{lineTerms(line)}</span>
          </th>
          <td className="vw-number">{formatMoney(line.amount)}</td>
        </tr>
      ))}
      <tr className="vw-cost-total">
        <th scope="row">
          {text('total')}
          {cost.vatRatePpm !== '0' && (
            <span className="vw-muted">
              {text('ofWhichVat', { rate: formatPercent(Number(cost.vatRatePpm) / 10_000), vat: formatMoney(cost.vat) })}
            </span>
          )}
        </th>
        <td className="vw-number">{formatMoney(cost.total)}</td>
      </tr>
    </tbody>
  </table>
)
