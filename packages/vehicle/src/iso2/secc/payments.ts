import type { Payment } from '../../machine/charging.ts'
import type { SeccSession } from './state.ts'

export type WirePayment = 'Contract' | 'ExternalPayment'
const WIRE: Readonly<Record<Payment, WirePayment>> = { contract: 'Contract', eim: 'ExternalPayment' }
export const paymentOf = (payment: WirePayment): Payment => (payment === 'Contract' ? 'contract' : 'eim')

/** How may be paid: a contract never without TLS, nor without the means to check it. A session that goes on pays as it began. */
export const paymentsOf = ({ options, dialect, facts }: SeccSession): readonly WirePayment[] => {
  const contractPossible = dialect.can.contract && options.link.security !== 'none' && options.crypto !== undefined
  const possible = options.payments.filter((payment) => payment === 'eim' || contractPossible)
  const kept = facts.resumed === undefined ? possible : possible.filter((payment) => payment === facts.resumed?.payment)
  return kept.map((payment) => WIRE[payment])
}
