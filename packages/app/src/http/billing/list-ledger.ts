import { listBalances, listLedger } from '@voltway/store'
import { isoOf, type SessionId } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { Instant, Money, page, period, Text, Uuid } from '../schemas/common.ts'
import { openSpan } from '../views/times.ts'

export const listLedgerRoute = route({
  id: 'listLedger',
  method: 'GET',
  url: '/ledger',
  summary: 'Entries, newest first, debit positive; and what each account comes to over all entries that the filter lets through',
  access: 'billing:read',
  query: Type.Object({ ...page, ...period, account: Type.Optional(Text(200)), sessionId: Type.Optional(Uuid) }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        transactionId: Uuid,
        line: Type.Integer(),
        account: Type.String(),
        amount: Money,
        description: Type.String(),
        postedAt: Instant,
        sessionId: Type.Optional(Uuid),
        receiptNumber: Type.Optional(Type.Integer()),
      }),
    ),
    balances: Type.Array(Type.Object({ account: Type.String(), amount: Money })),
    nextCursor: Type.Optional(Type.String()),
  }),
  async handle({ query: { limit = 50, cursor, account, sessionId, ...query }, caller: { tenantId }, tx }) {
    const at = readCursor(cursor, ['number', 'text', 'number'])
    const scope = { account, sessionId: sessionId as SessionId | undefined, ...openSpan(query) }
    const rows = await listLedger(tx, tenantId, { ...scope, before: at && { at: at[0], id: at[1], line: at[2] }, limit: limit + 1 })
    const balances = await listBalances(tx, tenantId, scope)
    const entries = pageOf(rows, limit, {
      view: ({ currency, amountMicros, postedAt, ...row }) =>
        given({ ...row, amount: { currency, micros: amountMicros }, postedAt: isoOf(postedAt) }),
      cursor: (row) => cursorOf(row.postedAt, row.transactionId, row.line),
    })
    return {
      ...entries,
      balances: balances.map((row) => ({ account: row.account, amount: { currency: row.currency, micros: row.amountMicros } })),
    }
  },
})
