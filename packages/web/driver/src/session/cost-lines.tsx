import { formatMoney, formatPercent } from '@voltway/ui'
import type { Cost } from '../api/types.ts'
import { text } from '../text.ts'

const quantityText = (quantity: number, unit: string) =>
  `${new Intl.NumberFormat(navigator.language, { maximumFractionDigits: 3 }).format(quantity)} ${unit}`

/** The split of a price, line by line: the same in plan, session and receipt. */
export const CostLines = ({ cost, caption }: { readonly cost: Cost; readonly caption?: string }) => (
  <table className="vw-cost">
    <caption className={caption ? undefined : 'vw-hidden'}>{caption ?? text('costSplit')}</caption>
    <tbody>
      {cost.lines.map((line) => (
        <tr key={`${line.dimension}${line.label}${line.unitPrice.micros}`}>
          <th scope="row">
            {line.label}
            <span className="vw-muted">
              {quantityText(line.quantity, line.unit)} × {formatMoney(line.unitPrice, 4)}
            </span>
          </th>
          <td className="vw-number">{formatMoney(line.amount)}</td>
        </tr>
      ))}
      <tr className="vw-cost-total">
        <th scope="row">
          {text('total')}
          <span className="vw-muted">
            {text('ofWhichVat', { rate: formatPercent(Number(cost.vatRatePpm) / 10_000), vat: formatMoney(cost.vat) })}
          </span>
        </th>
        <td className="vw-number">{formatMoney(cost.total)}</td>
      </tr>
    </tbody>
  </table>
)
