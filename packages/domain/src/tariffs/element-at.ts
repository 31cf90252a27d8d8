import type { EpochMs } from '@voltway/units'
import { appliesAtMoment, wallMomentOf } from './applies-at.ts'
import type { ElementTariff, PriceMicros, TariffElement } from './tariff.ts'
import { zoneSpanAt } from './zone-spans.ts'

export interface LabelledPrice {
  readonly label: string
  readonly price: PriceMicros
}

/** What an element is called on a receipt: its name, else its hours, else the tariff's name. */
export const labelOf = (element: TariffElement, tariff: ElementTariff): string => {
  if (element.name) return element.name
  const { startTime, endTime } = element.when ?? {}
  return startTime === undefined && endTime === undefined ? tariff.name : `${startTime ?? '00:00'}-${endTime ?? '00:00'}`
}

/** The price of a dimension at an instant: of the elements that apply, the first that names it. */
export const elementAt = (
  tariff: ElementTariff,
  dimension: 'perKwh' | 'perMinute' | 'perSession',
  at: EpochMs,
): LabelledPrice | undefined => {
  const moment = wallMomentOf(at, zoneSpanAt(tariff.timeZone, at).offsetMs)
  for (const element of tariff.elements) {
    const price = element[dimension]
    if (price !== undefined && appliesAtMoment(element.when, moment)) return { label: labelOf(element, tariff), price }
  }
  return undefined
}

/** The price per kWh at an instant: the band it lies in, else the element. */
export const energyPriceAt = (tariff: ElementTariff, at: EpochMs): LabelledPrice | undefined => {
  const band = tariff.bands?.find(({ from, to }) => from <= at && at < to)
  return band ? { label: tariff.dynamic?.series ?? tariff.name, price: band.perKwh } : elementAt(tariff, 'perKwh', at)
}
