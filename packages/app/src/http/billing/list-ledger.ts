import { listBalances, listLedger } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { Instant, Money, page, Text, Uuid } from '../schemas/common.ts'

export const listLedgerRoute = route({
  id: 'listLedger',
  method: 'GET',
  url: '/ledger',
  summary: 'Entries, newest first, debit positive; and what each account comes to',
  access: 'billing:read',
  query: Type.Object({ ...page, account: Type.Optional(Text(200)) }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        transactionId: Uuid,
        line: Type.Integer(),
        account: Type.String(),
        amount: Money,
        description: Type.String(),
        postedAt: Instant,
      }),
    ),
    balances: Type.Array(Type.Object({ account: Type.String(), amount: Money })),
    nextCursor: Type.Optional(Type.String()),
  }),
  async handle({ query: { limit = 50, cursor, account }, caller: { tenantId }, tx }) {
    const at = readCursor(cursor, ['number', 'text', 'number'])
    const rows = await listLedger(tx, tenantId, { account, before: at && { at: at[0], id: at[1], line: at[2] }, limit: limit + 1 })
    const balances = await listBalances(tx, tenantId, account)
    const entries = pageOf(rows, limit, {
      view: ({ currency, amountMicros, postedAt, ...row }) => ({
        ...row,
        amount: { currency, micros: amountMicros },
        postedAt: isoOf(postedAt),
      }),
      cursor: (row) => cursorOf(row.postedAt, row.transactionId, row.line),
    })
    return {
      ...entries,
      balances: balances.map((row) => ({ account: row.account, amount: { currency: row.currency, micros: row.amountMicros } })),
    }
  },
})
