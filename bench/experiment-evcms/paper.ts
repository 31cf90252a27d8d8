/** What the EVCMS paper prints, for comparison only: nothing here enters a computation of ours but the asked minutes and statuses. */

/** A row of Table 2. `as` is 1 where the asked slot was taken: the table uses it so, though Eq. 10 says the opposite. */
export interface PrintedRow {
  readonly tid: number
  readonly minutes: number
  readonly kWh: number
  readonly ps: 0 | 1
  readonly as: 0 | 1
  readonly acm: number
  readonly ac: string
  readonly sps: 0 | 1
  readonly oc: string
}

const row = (
  tid: number,
  charge: readonly [number, number],
  status: readonly [0 | 1, 0 | 1, number],
  cost: readonly [string, 0 | 1, string],
): PrintedRow => ({
  tid,
  minutes: charge[0],
  kWh: charge[1],
  ps: status[0],
  as: status[1],
  acm: status[2],
  ac: cost[0],
  sps: cost[1],
  oc: cost[2],
})

/** The ten rows of 500 that are printed. Row 497's SPS is found as 1 and as 0 in different copies of the text. */
export const PRINTED_TABLE_2: readonly PrintedRow[] = [
  row(0, [30, 8.8], [0, 0, 0], ['4.6', 0, '4.6']),
  row(1, [60, 17.6], [1, 1, 1], ['12.0', 0, '9.0']),
  row(2, [75, 22], [0, 1, 0.25], ['11.2', 0, '12.0']),
  row(3, [120, 35.2], [1, 1, 1], ['20.8', 1, '17.8']),
  row(4, [30, 8.8], [1, 1, 1], ['7.6', 0, '4.6']),
  row(495, [60, 17.6], [0, 1, 0.25], ['9.0', 0, '9.8']),
  row(496, [30, 8.8], [1, 1, 1], ['7.6', 1, '4.6']),
  row(497, [75, 22], [1, 0, 0.5], ['12.7', 1, '11.9']),
  row(498, [120, 35.2], [1, 0, 0.5], ['19.3', 0, '18.6']),
  row(499, [120, 35.2], [0, 0, 0], ['17.8', 0, '17.8']),
]

/** A case of Table 3: averages over bookings that are not published. */
export interface PrintedCase {
  readonly case: 1 | 2 | 3 | 4
  readonly peak: boolean
  readonly taken: boolean
  readonly original: number
  readonly optimised: number
}
export const PRINTED_TABLE_3: readonly PrintedCase[] = [
  { case: 1, peak: true, taken: false, original: 12.44, optimised: 11.69 },
  { case: 2, peak: true, taken: true, original: 13.86, optimised: 10.86 },
  { case: 3, peak: false, taken: false, original: 11.45, optimised: 11.45 },
  { case: 4, peak: false, taken: true, original: 11.39, optimised: 12.14 },
]

/** Pmax and Ceff of the paper's charger. Only their product, 17.6 kW, shows in its tables. */
export const MAX_POWER_W = 22_000
export const EFFICIENCY = 0.8
