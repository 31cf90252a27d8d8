import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type XyFigure, xyChart } from '../svg/xy-chart.ts'
import { skippedLine } from './report.ts'
import { madeUpStays, recordedStays } from './sessions.ts'
import type { Track, TrackOptions } from './track.ts'
import { trackA } from './track-a.ts'
import { trackB } from './track-b.ts'
import { trackC } from './track-c.ts'
import { trackD } from './track-d.ts'
import { trackE } from './track-e.ts'
import { trackF } from './track-f.ts'
import { trackG } from './track-g.ts'

const HELP = `npm run bench:planner -- [options]
  --track A    the tracks to run, as A or A,B (all)
  --highs N    largest instance that highs is given (5000)
  --most N     largest generated site (100000)
  --json       one object a line; a part that was not measured is one too, and says why
VOLTWAY_DATA names a folder with recorded sessions; without it sites are generated from made-up ones.
Figures are kept in bench/out.`

const TRACKS: Readonly<Record<string, Track>> = {
  A: trackA,
  B: trackB,
  C: trackC,
  D: trackD,
  E: trackE,
  F: trackF,
  G: trackG,
}

const { values: options } = parseArgs({
  options: {
    track: { type: 'string' },
    highs: { type: 'string', default: '5000' },
    most: { type: 'string', default: '100000' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (options.help) {
  console.log(HELP)
  process.exit()
}
const numberOf = (name: 'highs' | 'most', least: number) => {
  const value = Number(options[name])
  if (Number.isInteger(value) && value >= least) return value
  console.error(`--${name} must be a whole number from ${least}.\n\n${HELP}`)
  process.exit(2)
}
const [highs, most] = [numberOf('highs', 0), numberOf('most', 1_000)]
const asked = options.track?.toUpperCase().split(',') ?? Object.keys(TRACKS)
const unknown = asked.find((track) => !(track in TRACKS))
if (unknown !== undefined) {
  console.error(`There is no track ${unknown}. There is: ${Object.keys(TRACKS).join(', ')}.\n\n${HELP}`)
  process.exit(2)
}

const say = (text: string) => options.json || console.log(text)
const draw = (name: string, figure: XyFigure) => {
  const folder = new URL('../out/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileURLToPath(new URL(`planner-${name}.svg`, folder)), xyChart(figure))
  say(`Figure: bench/out/planner-${name}.svg\n`)
}
const put: TrackOptions['put'] = (line) => options.json && console.log(JSON.stringify(line))
const skip = (name: string, why: string) => {
  say(`Skipped: ${why}\n`)
  put(skippedLine(name, why))
}
const data = process.env.VOLTWAY_DATA
const recorded = data === undefined ? [] : recordedStays(data)
const stays = recorded.length > 0 ? recorded : madeUpStays(5_000)
for (const letter of asked) {
  const { title, run } = TRACKS[letter]!
  say(`Track ${letter}: ${title}; generated from ${recorded.length > 0 ? `${recorded.length} recorded` : '5000 made-up'} sessions\n`)
  await run({ stays, data, highs, most, say, skip, draw, put })
}
if (recorded.length === 0) skip('recorded-sessions', 'sites from recorded sessions, since VOLTWAY_DATA names no folder with them.')
