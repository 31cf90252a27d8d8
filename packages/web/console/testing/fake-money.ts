import type { FakeData } from './fake-data.ts'

const HOUR = 3_600_000
const iso = (at: number) => new Date(at).toISOString()
const price = (hour: number) => Math.round(90_000 + 60_000 * Math.sin((hour / 24) * 2 * Math.PI) - (hour % 24 === 13 ? 120_000 : 0))

/** A series that reaches into tomorrow, one that has run out, and one that is only waited for. */
export const fakePriceSeries = ({ data, now }: { readonly data: FakeData; readonly now: number }) => {
  const followed = (index: number) => data.tariffs.slice(index, index + 1).map(({ id, name }) => ({ id, name }))
  return data.tariffs.length === 0
    ? []
    : [
        { name: 'day-ahead', from: iso(now - 90 * 24 * HOUR), to: iso(now + 30 * HOUR), prices: 2880, followedBy: followed(2) },
        { name: 'balancing', from: iso(now - 40 * 24 * HOUR), to: iso(now - 5 * HOUR), prices: 3840, followedBy: followed(0) },
        { name: 'intraday', prices: 0, followedBy: followed(1) },
      ]
}

/** Hourly prices of a span, with two hours missing each day; none of a series nobody knows. */
export const fakeSeriesPrices = (name: string, { from, to }: { readonly from: number; readonly to: number }) => {
  if (name !== 'day-ahead') return []
  const first = Math.floor(from / HOUR)
  return Array.from({ length: Math.ceil(to / HOUR) - first }, (_, n) => first + n)
    .filter((hour) => hour % 24 !== 3 && hour % 24 !== 4)
    .map((hour) => ({ from: iso(hour * HOUR), to: iso((hour + 1) * HOUR), perKwhMicros: String(price(hour % 24)) }))
}

/** Three entries for each billed session, as bills are posted. */
export const fakeLedger = ({ data, query }: { readonly data: FakeData; readonly query: URLSearchParams }) => {
  const [account, sessionId, from, to] = ['account', 'sessionId', 'from', 'to'].map((key) => query.get(key))
  const all = data.sessions
    .flatMap((session) => ('receiptNumber' in session && session.cost ? [session] : []))
    .flatMap(({ id, receiptNumber, endedAt, cost }) =>
      (
        [
          ['receivable:driver', cost?.total.micros],
          ['revenue:charging', `-${cost?.net.micros}`],
          ['vat:payable', `-${cost?.vat.micros}`],
        ] as const
      ).map(([name, micros], line) => ({
        transactionId: `t-${id}`,
        line: line + 1,
        account: name,
        amount: { currency: String(cost?.currency), micros: String(micros) },
        description: `charging session ${id}`,
        postedAt: String(endedAt),
        sessionId: id,
        receiptNumber,
      })),
    )
    .filter((entry) => (!sessionId || entry.sessionId === sessionId) && (!from || entry.postedAt >= from) && (!to || entry.postedAt < to))
    .filter((entry) => !account || entry.account === account)
  const balances = [...Map.groupBy(all, (entry) => entry.account)].map(([name, entries]) => ({
    account: name,
    amount: { currency: 'GBP', micros: entries.reduce((sum, { amount }) => sum + BigInt(amount.micros), 0n).toString() },
  }))
  return { items: all, balances: balances.sort((a, b) => a.account.localeCompare(b.account)) }
}
