import { createText } from '@voltway/ui'
import { alarms } from './texts/alarms.ts'
import { common } from './texts/common.ts'
import { money } from './texts/money.ts'
import { nowAndMap } from './texts/now-and-map.ts'
import { sessions } from './texts/sessions.ts'
import { stations } from './texts/stations.ts'
import { tariffs } from './texts/tariffs.ts'

const CATALOGUE = { ...common, ...nowAndMap, ...stations, ...sessions, ...tariffs, ...money, ...alarms } as const

/** A key of the console's catalogue. */
export type TextKey = keyof typeof CATALOGUE

/** Every text that the console shows. */
export const t = createText(CATALOGUE)

/** A word of the API in ours; as it came when the catalogue does not know it. */
export const wordOf = (family: string, word: string): string => {
  const key = `${family}.${word}`
  return key in CATALOGUE ? t(key as TextKey) : word
}
