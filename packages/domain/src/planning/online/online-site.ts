import type { WattHours } from '@voltway/units'
import type { MicrosPerKwh, SiteCar, SiteNode, SiteProblem, SolarSurplus } from '../site/index.ts'

/** Who came on a day that is over, as it turned out; slots are those of its own day. */
export interface PastDay {
  /** Days counted from any date; only those before the day that is steered are looked at. */
  readonly day: number
  readonly cars: readonly SiteCar[]
}

/** A site for one day, before anybody is known to come: what is steered online. */
export interface OnlineSite extends Omit<SiteProblem, 'cars'> {
  /** Counted as in `history`. */
  readonly day: number
  /** Days of this site, in any order; later ones may be among them and are not seen. Their nodes are those of the site. */
  readonly history: readonly PastDay[]
  readonly caution?: Caution | undefined
}

/** How careful a controller is; what is not told is as it stands here. */
export interface Caution {
  /** How many of the last days before this one stand for what may come: 10; none for a plan of those who are there. */
  readonly days?: number | undefined
  /** Of so large a share of them, those in which charging now is worth most, the mean counts: 0.5. With 1 it is the mean of all. */
  readonly worst?: number | undefined
  /** Share of every limit that is not planned with in later slots, in which more may come than ever did: 0.03. */
  readonly reserve?: number | undefined
  /** What a kWh that is lacking counts for, above the dearest price still to come: 0.15 of the currency unit. */
  readonly missingPerKwh?: MicrosPerKwh | undefined
}

/** A car that is there; named by whoever steers. */
export interface PresentCar {
  /** As it was when the car came: what it asks for in all, and until when. */
  readonly wish: SiteCar
  /** Metered up to the slot that runs. */
  readonly delivered: WattHours
}

/** What happens at a site. Slots are those of the day. */
export type OnlineEvent =
  /** In the slot that runs, from which it can charge. */
  | { readonly kind: 'arrival'; readonly car: string; readonly wish: Omit<SiteCar, 'arriveSlot'> }
  /** Earlier than it said. A car whose time is over is taken to have left. */
  | { readonly kind: 'departure'; readonly car: string }
  | { readonly kind: 'wish'; readonly car: string; readonly wish: Partial<Omit<SiteCar, 'arriveSlot'>> }
  /** What the meter says that the car has had in all up to the slot that runs, where it is not what was set. */
  | { readonly kind: 'meter'; readonly car: string; readonly delivered: WattHours }
  /** For one slot or all of the day; what is over does not matter. */
  | { readonly kind: 'limit'; readonly node: number; readonly limit: SiteNode['limit'] }
  | { readonly kind: 'prices'; readonly pricePerKwh: readonly MicrosPerKwh[]; readonly surplus?: SolarSurplus | undefined }
  /** Every car had what was last set for it. */
  | { readonly kind: 'slotPassed' }

/** Energy that a car may take in the slot that runs. */
export interface SetPoint {
  readonly car: string
  readonly energy: WattHours
}
