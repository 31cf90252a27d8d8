import type { Tariff, TariffElement } from '@voltway/domain/tariffs'

/** A price without trailing zeros beyond the coin: 0.45, 0.0625. */
export const priceText = (micros: bigint): string => {
  const sign = micros < 0n ? '-' : ''
  const digits = (micros < 0n ? -micros : micros).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '')
  return `${sign}${digits.slice(0, -6)}.${fraction}`
}

const range = (prices: readonly bigint[], unit: string): string | undefined => {
  if (prices.length === 0) return undefined
  const [low, high] = [prices.reduce((a, b) => (a < b ? a : b)), prices.reduce((a, b) => (a > b ? a : b))]
  return low === high ? `${priceText(low)}/${unit}` : `${priceText(low)} to ${priceText(high)}/${unit}`
}

const pricesOf = (elements: readonly TariffElement[], key: 'perKwh' | 'perMinute' | 'perSession') =>
  elements.flatMap((element) => element[key] ?? [])

const mainParts = (tariff: Tariff): readonly (string | undefined)[] => {
  if (tariff.kind === 'evcms')
    return [
      `${priceText(tariff.energyPerKwh)}/kWh`,
      `${priceText(tariff.serviceCharge)}/session`,
      `up to ${priceText(tariff.peakDemandCharge)} at peak`,
    ]
  const moving =
    tariff.dynamic && !tariff.bands
      ? 'day-ahead price/kWh'
      : range([...pricesOf(tariff.elements, 'perKwh'), ...(tariff.bands ?? []).map(({ perKwh }) => perKwh)], 'kWh')
  return [moving, range(pricesOf(tariff.elements, 'perMinute'), 'min'), range(pricesOf(tariff.elements, 'perSession'), 'session')]
}

/** A tariff in one line: "0.45/kWh + 0.05/min after 30 min idle". */
export const tariffSummary = (tariff: Tariff): string => {
  const idle = tariff.idle && `${priceText(tariff.idle.perMinute)}/min after ${tariff.idle.graceMinutes} min idle`
  return [...mainParts(tariff), idle].filter(Boolean).join(' + ') || 'free'
}
