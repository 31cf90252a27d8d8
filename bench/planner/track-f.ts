import { isPeak, PAPER_TARIFF } from '@voltway/domain/tariffs'
import { epochMs, HOUR, MINUTE, wallClock } from '@voltway/units'
import { generatedYear } from '../experiment-evcms/generated-year.ts'
import { type Answered, type Given, runBookings } from '../experiment-evcms/run-bookings.ts'
import { casesOf, SYSTEMS, type System, summaryOf } from '../experiment-evcms/summary.ts'
import { tableThree } from '../experiment-evcms/tables.ts'
import { lineOf, table } from './report.ts'
import type { Track, TrackOptions } from './track.ts'

const SEED = 2026
const REQUESTS = 10_000
/** Few enough that drivers are in each other's way, and enough that most are not. */
const STATIONS = [4, 8, 16]

const pounds = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(2))

const measureCases = ({ say, put }: TrackOptions): void => {
  const rows = [['case', 'kWh', 'asked', 'paper', 'ours', 'to the paper', 'to the asked', 'shift min']]
  for (const { case: number, averageWh, paper, voltway, shiftMinutes } of tableThree()) {
    const [asked, ours] = [voltway.original, voltway.optimised]
    const differences = [ours - paper.optimised, ours - asked].map((value) => (value > 0 ? '+' : '') + value.toFixed(2))
    rows.push([
      `${number}`,
      (averageWh / 1_000).toFixed(2),
      pounds(asked),
      pounds(paper.optimised),
      pounds(ours),
      ...differences,
      `${shiftMinutes}`,
    ])
    put(lineOf(`F-case-${number}`, ours, 'GBP', paper.optimised))
    put(lineOf(`F-case-${number}-shift`, shiftMinutes, 'min'))
  }
  say(`The four cases of its Table 3, at each case's average energy, with a free off-peak slot before departure (GBP)\n\n${table(rows)}\n`)
}

/** Peak by the wall clock alone: weekdays from 8 to 11 and from 16 to 22, read without any of the tariff's code. */
const isPeakByTheClock = (at: number): boolean => {
  const { dayOfWeek, hour } = wallClock(epochMs(at), PAPER_TARIFF.timeZone)
  return dayOfWeek <= 5 && ((hour >= 8 && hour < 11) || (hour >= 16 && hour < 22))
}

const measureBoundaries = ({ say, put }: TrackOptions): void => {
  const [from, to] = [Date.parse('2026-01-01T00:00:00Z'), Date.parse('2027-01-01T00:00:00Z')]
  let [instants, wrong, edges] = [0, 0, 0]
  for (let quarter = from; quarter < to; quarter += 15 * MINUTE)
    for (const at of [quarter - 1, quarter, quarter + 1]) {
      instants++
      if (isPeak(PAPER_TARIFF, epochMs(at)) !== isPeakByTheClock(at)) wrong++
      if (at === quarter && isPeakByTheClock(at) !== isPeakByTheClock(at - 1)) edges++
    }
  const days = [88, 298].map((day) => epochMs(from + day * 24 * HOUR))
  const offsets = days.map((day) => wallClock(epochMs(day + 24 * HOUR), PAPER_TARIFF.timeZone).offset)
  put(lineOf('F-peak-instants-wrong', wrong, `of ${instants}`))
  say(
    `Peak windows, weekdays 8-11 and 16-22 in ${PAPER_TARIFF.timeZone}: ${instants.toLocaleString('en-GB')} instants of 2026 (each quarter of an hour, one ms before and after), ${edges} edges,\n` +
      `  clocks at ${offsets.join(' after March and ')} after October; ${wrong} differ from the wall clock\n`,
  )
}

/** Pairs of promised slots on one EVSE that overlap, counted from the answers and not by the calendars. */
const promisedTwice = (answers: readonly Answered[], system: System): number => {
  const given = answers.flatMap((answer) => answer[system] ?? []).sort((a, b) => a.evse - b.evse || a.start - b.start)
  return given.filter((slot, index) => index > 0 && given[index - 1]!.evse === slot.evse && given[index - 1]!.end > slot.start).length
}

const meanShift = (answers: readonly Answered[], system: System, number: number): number | undefined => {
  const shifts = answers
    .filter(({ status }) => 1 + (status.peak ? 0 : 2) + (status.taken ? 1 : 0) === number)
    .flatMap((answer) => (answer[system] ? [(answer[system] as Given).start - answer.booking.wish.arrival] : []))
  return shifts.length === 0 ? undefined : shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length / MINUTE
}

const measureStation = (evses: number, { say, put }: TrackOptions): void => {
  const answers = runBookings(generatedYear(SEED, REQUESTS), evses)
  const rows = [['system', 'served', 'refused', 'mean GBP', 'worse off', 'shift min', 'after departure', 'on-peak', 'promised twice']]
  for (const system of SYSTEMS) {
    const summary = summaryOf(answers, system)
    const { given, refused, meanCost, worseOff, meanShiftMinutes, afterDeparture, peakShare } = summary
    const twice = promisedTwice(answers, system)
    const share = `${(peakShare * 100).toFixed(1)} %`
    rows.push([
      system,
      `${given}`,
      `${refused}`,
      pounds(meanCost),
      `${worseOff}`,
      meanShiftMinutes.toFixed(1),
      `${afterDeparture}`,
      share,
      `${twice}`,
    ])
    for (const [name, value, unit] of [
      ['refused', refused, 'requests'],
      ['worse-off', worseOff, 'drivers'],
      ['after-departure', afterDeparture, 'charges'],
      ['shift', meanShiftMinutes, 'min'],
      ['promised-twice', twice, 'slots'],
    ] as const)
      put(lineOf(`F-${evses}-evses-${system}-${name}`, value, unit))
    if (system === 'voltway') put(lineOf(`F-${evses}-evses-mean-cost`, meanCost, 'GBP', summaryOf(answers, 'paper').meanCost))
  }
  say(
    `${REQUESTS.toLocaleString('en-GB')} requests of a year at a station of ${evses} EVSEs, each system on calendars of its own (seed ${SEED})\n\n${table(rows)}\n`,
  )
  const cases = [['case', 'requests', 'original GBP', 'paper GBP', 'ours GBP', 'ours, shift min']]
  for (const { case: number, bookings, cost } of casesOf(answers))
    cases.push([
      `${number}`,
      `${bookings}`,
      ...SYSTEMS.map((system) => pounds(cost[system])),
      meanShift(answers, 'voltway', number)?.toFixed(1) ?? '–',
    ])
  say(`${table(cases)}\n`)
}

/** Track F: the tariff of the EVCMS paper, whose rule can leave a driver worse off than the wish as asked. */
export const trackF: Track = {
  title: 'the tariff of the EVCMS paper',
  async run(options) {
    measureCases(options)
    measureBoundaries(options)
    for (const evses of STATIONS) measureStation(evses, options)
    options.say(
      [
        '  Refused: no free slot long enough before departure; the other two systems let a charge end after the driver has left.',
        '  Worse off: pays more than the wish as asked costs at a free EVSE. Mean costs are over requests that every system served;',
        '  cases are those of the asked slot in the original system, on-peak and free (1), taken (2), off-peak and free (3), taken (4).',
      ].join('\n'),
    )
  },
}
