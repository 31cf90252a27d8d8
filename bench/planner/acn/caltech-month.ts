import { rowsOf } from '../sessions.ts'
import { type CaltechEvse, caltechEvse } from './caltech-site.ts'

/** One session of March 2019, in slots of five minutes from the month's first midnight. */
export interface CaltechSession extends CaltechEvse {
  readonly arriveSlot: number
  readonly departSlot: number
  readonly kWh: number
}

const FILE = 'acn_caltech_2019-03_events.csv'

/** All sessions of the published experiment, in the order in which they came; none without the file. */
export const caltechMonth = (folder: string): readonly CaltechSession[] =>
  rowsOf(folder, FILE)
    .map((row): CaltechSession => {
      const [, , evse = '', , , , kWh] = row.split(',')
      const [, arrive] = /"arr5"": (\d+)/.exec(row) ?? []
      const [, depart] = /"dep5"": (\d+)/.exec(row) ?? []
      return { ...caltechEvse(evse), arriveSlot: Number(arrive), departSlot: Number(depart), kWh: Number(kWh) }
    })
    .toSorted((a, b) => a.arriveSlot - b.arriveSlot)
