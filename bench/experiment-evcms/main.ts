import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { figuresOf } from './figures.ts'
import { generatedYear } from './generated-year.ts'
import { energyByHour } from './hourly.ts'
import { realSessions } from './real-sessions.ts'
import { casesText, contradictionsText, systemsText, tableFourText, tableOneText, tableThreeText, tableTwoText } from './report.ts'
import { type Answered, runApart, runBookings } from './run-bookings.ts'
import { casesOf, SYSTEMS, summaryOf } from './summary.ts'
import { svgOf } from './svg-chart.ts'
import { tableFour } from './table-four.ts'
import { tableOne, tableThree, tableTwo } from './tables.ts'

const SEED = 2024
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const drawFigures = (answers: readonly Answered[]): readonly string[] => {
  const folder = join(ROOT, 'bench', 'out')
  mkdirSync(folder, { recursive: true })
  return figuresOf(answers).map(({ file, figure }) => {
    writeFileSync(join(folder, file), svgOf(figure))
    return relative(ROOT, join(folder, file))
  })
}

const section = (title: string, ...lines: readonly string[]) => console.log([`\n${title}`, ...lines].join('\n'))

/** What moving does to the busiest hour: the peak windows are relieved, and the first cheap hour is crowded. */
const busiestText = (answers: readonly Answered[]): string => {
  const hours = SYSTEMS.map((system) => {
    const { all } = energyByHour(answers, system)
    const most = Math.max(...all)
    return `${system} ${all.indexOf(most)}:00 with ${most.toFixed(0)} kWh`
  })
  return `  Busiest hour of the day over the year: ${hours.join('; ')}. A price alone moves the peak; a site’s limit has to hold it.`
}

const printYear = (answers: readonly Answered[]) => {
  section(
    `A generated year of ${answers.length} bookings at one EVSE (seed ${SEED})`,
    systemsText(SYSTEMS.map((system) => summaryOf(answers, system))),
    '  “Worse off”: pays more than the wish as asked costs at a free EVSE. Refused: no free slot before departure.',
    '  Mean costs are over the bookings that every system served; a booking’s case is that of its asked slot in the original system.',
    busiestText(answers),
    '',
    casesText(casesOf(answers)),
  )
}

const printRecordings = (folder: string | undefined) => {
  const recordings = folder ? realSessions(folder) : []
  if (recordings.length === 0) {
    const why = folder ? `no known file in ${folder}` : 'name their folder with --data DIR or VOLTWAY_DATA'
    section('Real sessions: absent', `  ${why}. Nothing is said about them.`)
    return
  }
  for (const { name, bookings, skipped } of recordings) {
    const answers = runApart(bookings)
    section(
      `Real sessions: ${name}: ${bookings.length} sessions (${skipped} without energy or time left out), each within its own stay`,
      systemsText(SYSTEMS.map((system) => summaryOf(answers, system))),
    )
  }
}

const { values } = parseArgs({ options: { json: { type: 'boolean' }, data: { type: 'string' } } })
const [rows, cases] = [tableTwo(), tableThree()]
const year = runBookings(generatedYear(SEED))
const figures = drawFigures(year)

if (values.json) {
  const table2 = rows.map(({ tid, minutes, kWh, ps, as, acm, ac, sps, oc, moved }) => ({
    tid,
    minutes,
    kWh,
    ps,
    as,
    acm,
    ac,
    sps,
    oc,
    moved,
  }))
  const table3 = cases.map(({ case: number, paper, voltway }) => ({ case: number, paper, voltway }))
  console.log(JSON.stringify({ table2, table3, figures }))
} else {
  section('Table 1. Factors of time of use', tableOneText(tableOne()))
  section('Table 2. The ten printed rows (Dh in minutes, Pow in kWh, costs in GBP)', tableTwoText(rows))
  section(
    'Table 3. Average cost by case in GBP',
    tableThreeText(cases),
    '  Average kWh follows from the paper’s original average; its 500 rows are not published. “Paper’s rule” is its formula on that energy.',
  )
  const [before, after] = [summaryOf(year, 'original'), summaryOf(year, 'voltway')]
  section('Table 4. The five properties', tableFourText(tableFour(ROOT, { cases, before, after })))
  printYear(year)
  printRecordings(values.data ?? process.env.VOLTWAY_DATA)
  section('Figures 13 to 16, of the generated year', ...figures.map((file) => `  ${file}`))
  section('Where the paper contradicts itself, and how it is read here', contradictionsText())
}
