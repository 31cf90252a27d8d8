import { formatMoney, formatNumber } from '@voltway/ui'
import type { Cost } from '../api-types.ts'
import { t, wordOf } from '../text.ts'

/** What is paid for, and which part of the tariff gave the price. */
const itemOf = ({ dimension, label, isCapped }: Cost['lines'][number]) => {
  const name = wordOf('cost.of', dimension)
  return `${label ? `${name} · ${label}` : name}${isCapped ? ` (${t('cost.capped')})` : ''}`
}

/** Energy is billed in whole Wh and time in milliseconds, priced per kWh and per minute: shown as priced. */
const quantityOf = ({ quantity, unit }: Cost['lines'][number]) => {
  if (unit === 'Wh') return { text: formatNumber(quantity / 1000, 3), unit: 'kWh' }
  if (unit === 'ms') return { text: formatNumber(quantity / 60_000, 1), unit: 'min' }
  return { text: formatNumber(quantity), unit: unit === 'piece' ? '×' : unit }
}

/** The lines of a cost as they stand on the receipt, with net, VAT and total. */
export const CostTable = ({ cost }: { readonly cost: Cost }) => (
  <div className="vw-table-scroll">
    <table className="vw-table">
      <caption>{t('cost.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('cost.item')}</th>
          <th scope="col" data-numeric>
            {t('cost.quantity')}
          </th>
          <th scope="col">{t('cost.unit')}</th>
          <th scope="col" data-numeric data-show="wide">
            {t('cost.unitPrice')}
          </th>
          <th scope="col" data-numeric>
            {t('cost.amount')} <span className="vw-unit">{cost.currency}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {cost.lines.map((line) => (
          <tr key={`${line.dimension} ${line.label} ${line.unitPrice.micros}`}>
            <td>{itemOf(line)}</td>
            <td data-numeric>{quantityOf(line).text}</td>
            <td>{quantityOf(line).unit}</td>
            <td data-numeric data-show="wide">
              {formatMoney(line.unitPrice, 4)}
            </td>
            <td data-numeric>{formatNumber(Number(line.amount.micros) / 1e6, 2)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {(
          [
            [t('cost.net'), cost.net],
            [t('cost.vat', { rate: formatNumber(Number(cost.vatRatePpm) / 1e4, Number(cost.vatRatePpm) % 1e4 === 0 ? 0 : 1) }), cost.vat],
            [t('cost.total'), cost.total],
          ] as const
        ).map(([label, money]) => (
          <tr key={label}>
            <th scope="row" colSpan={3}>
              {label}
            </th>
            <td data-show="wide" />
            <td data-numeric>{formatNumber(Number(money.micros) / 1e6, 2)}</td>
          </tr>
        ))}
      </tfoot>
    </table>
  </div>
)
