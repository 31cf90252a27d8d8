import pg from 'pg'
import type { FoundBill, FoundLedgerSum, FoundMoney } from './check-bills.ts'
import { type FactPlace, meterKey, sessionKey, startKey, stepKey, stopKey } from './fact-key.ts'

/** The database from outside, seen as all tenants of the test. */
export interface KilledRows {
  /** The keys of all facts that stations told, as often as they are there. */
  readonly facts: () => Promise<readonly string[]>
  readonly money: () => Promise<FoundMoney>
  /** Sessions that are over and have no bill, and commands that are still under way. */
  readonly unfinished: () => Promise<{ readonly unbilled: number; readonly commands: number }>
  readonly close: () => Promise<void>
}

interface StepRow extends FactPlace {
  readonly transactionId: string
  readonly kind: string
  readonly at: string
  readonly registerWh: string | null
  readonly number: number | null
  readonly seqNo: number | null
}
interface MeterRow extends FactPlace {
  readonly transactionId: string | null
  readonly at: string
  readonly importWh: string | null
}

const STEPS = `select tenant_id as "tenantId", station_id as "stationId", transaction_id as "transactionId", kind, occurred_at as at,
  register_wh as "registerWh", number, seq_no as "seqNo" from voltway.transaction_fact`
const METERS = `select tenant_id as "tenantId", station_id as "stationId", transaction_id as "transactionId", occurred_at as at,
  import_wh as "importWh" from voltway.meter_value`
const BILLS = `select cdr.tenant_id as "tenantId", session.station_id as "stationId", session.transaction_id as "transactionId",
  session.import_wh as "importWh", cdr.total_micros as "totalMicros", cdr.receipt_number as "receiptNumber"
  from voltway.cdr join voltway.session on session.tenant_id = cdr.tenant_id and session.id = cdr.session_id`
const LEDGER = `select tenant_id as "tenantId", transaction_id as "transactionId", currency, sum(amount_micros) as "sumMicros"
  from voltway.ledger_entry group by 1, 2, 3`
const UNFINISHED = `select
  (select count(*)::int from voltway.transaction_fact fact where kind = 'transaction.ended' and not exists (
    select from voltway.session join voltway.cdr on cdr.tenant_id = session.tenant_id and cdr.session_id = session.id
    where session.tenant_id = fact.tenant_id and session.station_id = fact.station_id and session.transaction_id = fact.transaction_id)) as unbilled,
  (select count(*)::int from voltway.station_command where state = 'queued') as commands`

/** A row as the key of the fact that it came from; a start of 1.6 is the one with a number. */
const stepRowKey = (row: StepRow): string => {
  const { transactionId, kind, at, registerWh, number, seqNo } = row
  if (seqNo !== null) return stepKey(row, transactionId, { seqNo, kind })
  if (kind === 'transaction.started' && number !== null) return startKey(row, Number(at), Number(registerWh))
  if (kind === 'transaction.ended') return stopKey(row, transactionId, { at: Number(at), registerWh: Number(registerWh) })
  return `unknown step|${JSON.stringify(row)}`
}
const meterRowKey = (row: MeterRow) => meterKey(row, row.transactionId ?? '', Number(row.at), Number(row.importWh))

type BillRow = FactPlace & {
  readonly transactionId: string
  readonly importWh: string
  readonly totalMicros: string
  readonly receiptNumber: number
}

export const openKilledRows = async (connectionString: string, tenants: readonly string[]): Promise<KilledRows> => {
  const client = new pg.Client({ connectionString })
  // A server that goes away fails the next question; it must not end the process before that.
  client.on('error', () => {})
  await client.connect()
  await client.query("select set_config('voltway.tenants', $1, false)", [`{${tenants.join(',')}}`])
  const all = async <Row>(text: string): Promise<readonly Row[]> => (await client.query(text)).rows as Row[]
  return {
    facts: async () => [...(await all<StepRow>(STEPS)).map(stepRowKey), ...(await all<MeterRow>(METERS)).map(meterRowKey)],
    money: async () => {
      const bills = (await all<BillRow>(BILLS)).map(
        (row): FoundBill => ({
          tenantId: row.tenantId,
          session: sessionKey(row, row.transactionId),
          importWh: Number(row.importWh),
          totalMicros: BigInt(row.totalMicros),
          receiptNumber: row.receiptNumber,
        }),
      )
      type Sum = Omit<FoundLedgerSum, 'sumMicros'> & { readonly sumMicros: string }
      const ledger = (await all<Sum>(LEDGER)).map((row): FoundLedgerSum => ({ ...row, sumMicros: BigInt(row.sumMicros) }))
      return { bills, ledger }
    },
    unfinished: async () => (await all<{ unbilled: number; commands: number }>(UNFINISHED))[0]!,
    close: () => client.end(),
  }
}
