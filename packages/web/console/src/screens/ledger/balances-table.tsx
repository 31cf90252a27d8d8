import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { formatNumber } from '@voltway/ui'
import type { Balance } from '../../money-types.ts'
import { t, wordOf } from '../../text.ts'
import { isBalanced, sumsOf } from './ledger-sums.ts'

const amountOf = (micros: string) => formatNumber(Number(micros) / 1e6, 2)

/** What each account comes to, and that all of them together come to nothing. */
export const BalancesTable = ({ balances }: { readonly balances: readonly Balance[] }) => {
  const amounts = balances.map(({ amount }) => amount)
  const even = isBalanced(amounts)
  return (
    <section className="vw-table-scroll" aria-label={t('ledger.balances')}>
      <table className="vw-table">
        <caption>{t('ledger.balances')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('ledger.account')}</th>
            <th scope="col" data-numeric>
              {t('ledger.balance')}
            </th>
          </tr>
        </thead>
        <tbody>
          {balances.map(({ account, amount }) => (
            <tr key={`${account} ${amount.currency}`}>
              <td>
                {wordOf('account', account)}
                <span className="c-sub vw-mono">{account}</span>
              </td>
              <td data-numeric>
                {amountOf(amount.micros)} <span className="vw-unit">{amount.currency}</span>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {sumsOf(amounts).map(({ currency, micros }) => (
            <tr key={currency}>
              <th scope="row">{t('ledger.sum')}</th>
              <td data-numeric>
                {amountOf(micros)} <span className="vw-unit">{currency}</span>
              </td>
            </tr>
          ))}
        </tfoot>
      </table>
      <p className="c-list-foot c-state">
        {even ? <IconCheck size={15} aria-hidden /> : <IconAlertTriangle size={15} aria-hidden />}
        {t(even ? 'ledger.balanced' : 'ledger.notBalanced')}
      </p>
    </section>
  )
}
