import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seeded } from '@voltway/units'

/** One stay at a charging station: minutes after 06:00 of its day, and the energy taken. */
export interface Stay {
  readonly arrival: number
  readonly minutes: number
  readonly kWh: number
}

/** Days begin at 06:00, so that a night is not cut in two. */
const DAY = 1_440
const DAY_BEGINS = 360

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Made-up stays, in minutes of the clock: at work, at home over night, and in town at any hour. */
const HABITS = [
  { share: 0.45, arrival: 510, spread: 60, stay: 480, staySpread: 110 },
  { share: 0.35, arrival: 1_090, spread: 110, stay: 720, staySpread: 160 },
  { share: 0.2, arrival: 840, spread: 220, stay: 130, staySpread: 70 },
] as const

export const madeUpStays = (count: number): readonly Stay[] => {
  const random = seeded(count)
  return Array.from({ length: count }, () => {
    const dice = random()
    const habit = HABITS.find((_, index) => dice < HABITS.slice(0, index + 1).reduce((sum, { share }) => sum + share, 0)) ?? HABITS[2]
    const clock = habit.arrival + habit.spread * normal(random)
    const minutes = Math.max(20, habit.stay + habit.staySpread * normal(random))
    return { arrival: (clock - DAY_BEGINS + DAY) % DAY, minutes, kWh: Math.min(70, Math.exp(2.2 + 0.8 * normal(random))) }
  })
}

const FILES = ['acn_caltech_2019-03_events.csv', 'risvollan_2018-2020_sessions.csv', 'epfl_level3_2022-2023_sessions.csv']

/** Local times without an offset are read as they stand. */
const minuteOf = (local: string): number => Math.floor(Temporal.PlainDateTime.from(local).toZonedDateTime('UTC').epochMilliseconds / 60_000)

/** A recorded stay, with its arrival in minutes since 1970 as its site's clock has it. */
export interface DatedStay extends Stay {
  readonly at: number
}

const stayOf = (line: string): readonly DatedStay[] => {
  const [, , , , from = '', to = '', energy = ''] = line.split(',')
  const [arrival, departure, kWh] = [minuteOf(from), minuteOf(to), Number(energy)]
  if (!(departure > arrival && kWh > 0)) return []
  return [{ at: arrival, arrival: (((arrival - DAY_BEGINS) % DAY) + DAY) % DAY, minutes: departure - arrival, kWh }]
}

/** The rows of a file in a folder, or in its `charging` folder, without its header; none when it is not there. */
export const rowsOf = (folder: string, file: string): readonly string[] => {
  const path = [folder, join(folder, 'charging')].map((home) => join(home, file)).find((each) => existsSync(each))
  return path === undefined ? [] : readFileSync(path, 'utf8').trim().split('\n').slice(1)
}

/** Recorded stays by where they were recorded. */
export const recordedSources = (folder: string): readonly (readonly DatedStay[])[] =>
  FILES.map((file) => rowsOf(folder, file).flatMap(stayOf))

/** All recorded stays in a folder; none when it has none of the known files. */
export const recordedStays = (folder: string): readonly Stay[] => recordedSources(folder).flat()
