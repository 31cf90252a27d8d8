import type { PastDay } from '@voltway/domain/planning/online'
import { microsPerKwh, type SiteProblem } from '@voltway/domain/planning/site'
import { watts } from '@voltway/units'
import { generateSite, uncontrolledPeaks } from '../generate-site.ts'
import { recordedSources, rowsOf, type Stay } from '../sessions.ts'

const CARS = 500
/** Days before the first that is tested, for the forecast to begin with. */
const BEFORE = 20
/** Limits of feeders and panels against the site's, as in the generated sites of track A. */
const ABOVE_SITE = { feeder: 0.1, panel: 0.2 }
const FEEDERS = 4
const LEAST_LIMIT = 22_000
/** Grid and margin on top of the price of the day, in micros per kWh. */
const ON_TOP = 150_000
const PRICES = 'price_de_lu_day_ahead_2024.csv'
/** Tested days lie this far apart in the year of prices, from this one on. */
const PRICE_DAYS = { first: 9, apart: 18 }

/** Stays for the days that a forecast learns from at first, and for those that are tested. */
export interface SplitStays {
  readonly before: readonly Stay[]
  readonly tested: readonly Stay[]
}

/** Every source cut in two at the middle of its sessions: earlier ones, and later ones. */
export const splitByDate = (folder: string): SplitStays => {
  const halves = recordedSources(folder).map((stays) => {
    const sorted = stays.toSorted((a, b) => a.at - b.at)
    return [sorted.slice(0, sorted.length >> 1), sorted.slice(sorted.length >> 1)] as const
  })
  return { before: halves.flatMap(([earlier]) => earlier), tested: halves.flatMap(([, later]) => later) }
}

/** EUR/kWh of DE-LU in the 24 hours from 06:00 of the day that goes with a tested one; none without the file. */
const recordedPrices = (folder: string | undefined, day: number): readonly number[] => {
  const rows = folder === undefined ? [] : rowsOf(folder, PRICES)
  const from = (PRICE_DAYS.first + day * PRICE_DAYS.apart) * 24 + 6
  return rows.slice(from, from + 24).map((row) => Number(row.split(',')[1]))
}

const carsOf = (stays: readonly Stay[], day: number): SiteProblem =>
  generateSite(stays, { cars: CARS, seed: 5_000 + day, isNested: true, levels: 24 })

export interface TestedDay {
  readonly day: number
  /** All of it, as only the hindsight knows it. */
  readonly problem: SiteProblem
}

export interface SiteDays {
  readonly tested: readonly TestedDay[]
  /** All days, those before the first tested one included. */
  readonly history: readonly PastDay[]
}

/**
 * Days of one site with 500 cars, counted from the first that is tested. Limits are a share of the peak that every node would have
 * on that day if all charged at once.
 */
export const siteDays = (
  stays: SplitStays,
  at: { readonly days: number; readonly tightness: number; readonly data: string | undefined },
): SiteDays => {
  const tested = Array.from({ length: at.days }, (_, day) => {
    const drawn = carsOf(stays.tested, day)
    const peaks = uncontrolledPeaks(
      drawn.cars,
      drawn.nodes.map(({ parent }) => parent),
    )
    const nodes = drawn.nodes.map(({ parent }, node) => {
      const share = at.tightness + (node === 0 ? 0 : node <= FEEDERS ? ABOVE_SITE.feeder : ABOVE_SITE.panel)
      return { parent, limit: watts(Math.max(LEAST_LIMIT, Math.floor((share * peaks[node]!) / 4) * 4)) }
    })
    const hours = recordedPrices(at.data, day)
    const pricePerKwh =
      hours.length === 24
        ? drawn.pricePerKwh.map((_, slot) => microsPerKwh(ON_TOP + Math.round(hours[Math.floor(slot / 4)]! * 1e6)))
        : drawn.pricePerKwh
    return { day, problem: { ...drawn, nodes, pricePerKwh } }
  })
  const before = Array.from({ length: BEFORE }, (_, index) => ({ day: index - BEFORE, cars: carsOf(stays.before, index - BEFORE).cars }))
  return { tested, history: [...before, ...tested.map(({ day, problem }) => ({ day, cars: problem.cars }))] }
}
