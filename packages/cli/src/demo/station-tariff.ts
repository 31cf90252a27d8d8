import type { ElementTariff, PriceMicros, Tariff } from '@voltway/domain/tariffs'
import type { LocalTariff } from '@voltway/vehicle'

/** A fee of ISO 15118-20 is said to a hundredth of a penny. */
const LEAST_MICROS = 100n

type Element = ElementTariff['elements'][number]

/** Prices energy by the time of day and by nothing else. */
const isByTheClock = ({ perMinute, perSession, when = {} }: Element): boolean =>
  perMinute === undefined &&
  perSession === undefined &&
  when.weekdays === undefined &&
  when.seasonStart === undefined &&
  when.seasonEnd === undefined

/** A window whose end is not after its start runs over midnight. */
const appliesAt = ({ when: { startTime = '00:00', endTime = '24:00' } = {} }: Element, time: string): boolean =>
  startTime < endTime ? startTime <= time && time < endTime : startTime <= time || time < endTime

const decimal = (micros: PriceMicros): string => `${micros / 1_000_000n}.${String((micros % 1_000_000n) / LEAST_MICROS).padStart(4, '0')}`

/**
 * A price list as a station can say it in money to a car of ISO 15118-20: what energy costs by the clock, the same each day. What is taken for staying
 * on afterwards is left out.
 * @returns undefined for a list whose prices depend on more, or on a car's own energy: half of a price would be a wrong one
 */
export const stationTariff = (tariff: Tariff): LocalTariff | undefined => {
  if (tariff.kind !== 'elements' || tariff.dynamic || !tariff.elements.every(isByTheClock)) return undefined
  const starts = tariff.elements.flatMap(({ when }) => [when?.startTime ?? [], when?.endTime ?? []].flat())
  const bands = [...new Set(['00:00', ...starts])].toSorted().flatMap((from) => {
    const price = tariff.elements.find((element) => element.perKwh !== undefined && appliesAt(element, from))?.perKwh
    return price === undefined || price % LEAST_MICROS !== 0n ? [] : [{ from, perKwh: decimal(price) }]
  })
  const isWhole = bands.length === new Set(['00:00', ...starts]).size
  return isWhole ? { currency: tariff.currency, language: 'en', timeZone: tariff.timeZone, bands } : undefined
}
