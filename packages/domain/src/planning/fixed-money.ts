import type { EpochMs } from '@voltway/units'
import { elementAt } from '../tariffs/element-at.ts'
import type { Tariff } from '../tariffs/tariff.ts'

/** Factor on a tariff's prices to what the driver pays: 1, or 1 + VAT. */
export const grossFactor = ({ vat }: Tariff) => (vat.pricesInclude ? 1 : 1 + Number(vat.ratePpm) / 1e6)

/** What a session costs whatever its length, by its start; in micros, as the tariff has it. */
export const fixedMoney = (tariff: Tariff, start: EpochMs): number => {
  if (tariff.kind === 'elements') return Number(elementAt(tariff, 'perSession', start)?.price ?? 0n)
  return Number(tariff.serviceCharge) + (Number(tariff.peakDemandCharge) * Number(tariff.acmPpm ?? 0n)) / 1e6
}
