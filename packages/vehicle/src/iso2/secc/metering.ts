import type { iso2 } from '@voltway/wire/iso15118'
import type { MeterReading } from '../../machine/charging.ts'
import { longOf, optional, wholeWithin } from '../physical.ts'
import type { SeccSession } from './state.ts'

const meterInfoOf = ({ meterId, energy, signature, status, at }: MeterReading): iso2.MeterInfoType => ({
  MeterID: meterId.slice(0, 32),
  ...optional('MeterReading', energy, longOf),
  ...optional('SigMeterReading', signature, (bytes) => bytes.slice(0, 64)),
  ...optional('MeterStatus', status, (number) => wholeWithin(number, -32_768, 32_767)),
  ...optional('TMeter', at, longOf),
})

/** What a response in the charging loop says of the meter, and whether the car is to sign it. Receipts belong to contracts. */
export const meteringOf = ({ station, facts }: SeccSession) => {
  const info = station.meter && meterInfoOf(station.meter)
  const receipt = info !== undefined && station.receiptWanted && facts.payment === 'contract'
  return {
    fields: info === undefined ? {} : { MeterInfo: info, ReceiptRequired: receipt },
    change: receipt ? { facts: { receiptDue: info }, station: { receiptWanted: false } } : {},
  }
}
