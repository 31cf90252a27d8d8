import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seeded } from '@voltway/units'
import type { Stay } from '../sessions.ts'

const FILE = 'epfl_level3_2022-2023_sessions.csv'
const DAY = 1_440
const DAY_BEGINS = 360

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Made-up stays at a fast charger: most by day, about half an hour and 25 kWh. */
export const madeUpFastStays = (count: number): readonly Stay[] => {
  const random = seeded(count)
  return Array.from({ length: count }, () => {
    const clock = 840 + 200 * normal(random)
    const minutes = Math.min(120, Math.max(6, Math.exp(3.3 + 0.55 * normal(random))))
    return { arrival: (((clock - DAY_BEGINS) % DAY) + DAY) % DAY, minutes, kWh: minutes * (0.6 + 0.5 * random()) }
  })
}

const minuteOf = (local: string): number => Math.floor(Temporal.PlainDateTime.from(local).toZonedDateTime('UTC').epochMilliseconds / 60_000)

/** The recorded stays at the fast chargers of EPFL, three minutes to three hours; none where the folder does not have them. */
export const recordedFastStays = (folder: string): readonly Stay[] => {
  const path = [folder, join(folder, 'charging')].map((home) => join(home, FILE)).find((each) => existsSync(each))
  if (path === undefined) return []
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, , , , from = '', to = '', energy = ''] = line.split(',')
      const [arrival, minutes, kWh] = [minuteOf(from), minuteOf(to) - minuteOf(from), Number(energy)]
      if (!(minutes >= 3 && minutes <= 180 && kWh > 0)) return []
      return [{ arrival: (((arrival - DAY_BEGINS) % DAY) + DAY) % DAY, minutes, kWh }]
    })
}
