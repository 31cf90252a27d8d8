import { currency, epochMs, MINUTE, watts } from '@voltway/units'
import { NO_BOOKINGS } from '../../../reservations/booking-index.ts'
import type { TariffElement } from '../../../tariffs/tariff.ts'
import type { CarContext } from '../car-wish.ts'

export const QUARTER = 15 * MINUTE
/** When the prices of a context begin. */
export const ARRIVAL = epochMs(Date.parse('2026-03-02T10:00:00Z'))

const clockOf = (part: number) => new Date(ARRIVAL + part * QUARTER).toISOString().slice(11, 16)

/** A price in micros per kWh for each quarter of an hour, without losses; at 8 kW 2 kWh fill one. */
export const quarterContext = (prices: readonly number[], extra: Partial<CarContext> = {}): CarContext => ({
  tariff: {
    kind: 'elements',
    name: 'Quarters',
    currency: currency('EUR'),
    timeZone: 'UTC',
    vat: { ratePpm: 0n, pricesInclude: true },
    elements: prices.map(
      (price, part): TariffElement => ({
        perKwh: BigInt(price),
        when: { startTime: clockOf(part), endTime: clockOf(part + 1) },
      }),
    ),
  },
  freeSlots: NO_BOOKINGS,
  limits: { maxPower: watts(8_000), efficiency: 1 },
  now: epochMs(0),
  ...extra,
})
