import { CONTROLLER, type Comparison, compareDays } from './online/compare-days.ts'
import { dayFigure } from './online/day-figure.ts'
import { type SplitStays, siteDays, splitByDate } from './online/site-days.ts'
import { lineOf, table } from './report.ts'
import { median, quantile } from './statistics.ts'
import type { Track, TrackOptions } from './track.ts'

const DAYS = 20
const AIMS = [
  { tightness: 0.7, delivered: 99.9, above: 1 },
  { tightness: 0.55, delivered: 99, above: 1 },
] as const

const rowOf = ({ name, milliseconds, ...own }: Comparison): readonly string[] => [
  name,
  own.deliveredPercent.toFixed(2),
  own.fullyMetPercent.toFixed(1),
  own.eurPerKwh.toFixed(4),
  `${own.abovePercent < 0 ? '−' : '+'}${Math.abs(own.abovePercent).toFixed(2)}`,
  own.peakOverCap.toFixed(2),
  `${own.overCapSlots}`,
  own.jain.toFixed(4),
  median(milliseconds).toFixed(2),
  quantile(milliseconds, 0.95).toFixed(2),
]

const HEAD = ['policy', 'delivered %', 'met %', 'EUR/kWh', 'vs best %', 'peak/cap', 'over cap', 'Jain', 'ms', 'p95 ms']

const putAll = (
  { name, ...own }: Comparison,
  at: { readonly kind: string; readonly aim: (typeof AIMS)[number] },
  put: TrackOptions['put'],
): void => {
  const aim = name === CONTROLLER ? at.aim : undefined
  const policy = `online-${at.kind}-${name.replaceAll(/[ ,]+/g, '-')}`
  put(lineOf(`${policy}-delivered`, own.deliveredPercent, '%'))
  put(lineOf(`${policy}-lacking`, 100 - own.deliveredPercent, '%', aim && 100 - aim.delivered))
  put(lineOf(`${policy}-fully-met`, own.fullyMetPercent, '%'))
  put(lineOf(`${policy}-price`, own.eurPerKwh, 'EUR/kWh'))
  put(lineOf(`${policy}-above-hindsight`, own.abovePercent, '%', aim?.above))
  put(lineOf(`${policy}-peak`, own.peakOverCap, 'of the cap'))
  put(lineOf(`${policy}-over-cap`, own.overCapSlots, 'slots'))
  put(lineOf(`${policy}-jain`, own.jain, 'of 1'))
  put(lineOf(`${policy}-decision`, median(own.milliseconds), 'ms'))
}

const against = (value: number, aim: number, isMet: boolean): string => `${value.toFixed(2)} % (aim ${aim} %${isMet ? '' : ', missed'})`

const runDays = (stays: SplitStays, label: string, { data, say, put, draw }: TrackOptions): void => {
  for (const aim of AIMS) {
    const { tightness, delivered, above } = aim
    const days = siteDays(stays, { days: DAYS, tightness, data })
    const rows = compareDays(days)
    for (const row of rows) putAll(row, { kind: `${label}-${tightness}`, aim }, put)
    const ours = rows.find(({ name }) => name === CONTROLLER)!
    say(`Site at ${tightness} of its uncontrolled peak\n\n${table([HEAD, ...rows.map(rowOf)])}`)
    say(
      `  the controller delivers ${against(ours.deliveredPercent, delivered, ours.deliveredPercent >= delivered)} at ` +
        `${against(ours.abovePercent, above, ours.abovePercent <= above)} above the hindsight optimum's EUR/kWh\n`,
    )
    draw(`c-${label}-${tightness}`, dayFigure(days, `The first tested day of 500 cars; limits at ${tightness} of the uncontrolled peak.`))
  }
}

/** Track C: days as they come, with a forecast from the days before. */
export const trackC: Track = {
  title: 'online days',
  async run(options) {
    const { stays, data, say, skip } = options
    const dated = data === undefined ? undefined : splitByDate(data)
    const half = stays.length >> 1
    if (dated && dated.tested.length > 0) {
      say(
        `${DAYS} days of 500 cars. Split by date in each source: 20 days before the first are drawn from the ${dated.before.length} earlier sessions, ` +
          `the tested ones from the ${dated.tested.length} later.\nOn each day the forecast is the 10 days before it: earlier tested days are among them, the day itself and later ones never.\n`,
      )
      runDays(dated, 'by-date', options)
      say(`Days drawn from all ${stays.length} sessions alike, as before; the 10 days before each are still all that is learnt from\n`)
      runDays({ before: stays, tested: stays }, 'mixed', options)
    } else {
      const why = 'recorded sessions and prices, since VOLTWAY_DATA names no folder with them.'
      for (const label of ['by-date', 'mixed']) skip(`online-${label}`, `days (${label}) from ${why}`)
      say(
        `${DAYS} days of 500 cars from made-up sessions: 20 days before the first are drawn from one half of them, the tested ones from the other.\n`,
      )
      runDays({ before: stays.slice(0, half), tested: stays.slice(half) }, 'made-up', options)
    }
  },
}
