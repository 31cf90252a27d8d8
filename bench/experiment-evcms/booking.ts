import type { ChargeWish } from '@voltway/domain/planning'
import type { EvcmsTariff } from '@voltway/domain/tariffs'
import type { Watts } from '@voltway/units'

/** One driver's request, in the order in which requests are made. */
export interface Booking {
  readonly wish: ChargeWish
  readonly power: Watts
  /** The paper's tariff in the zone of the site. */
  readonly tariff: EvcmsTariff
}
