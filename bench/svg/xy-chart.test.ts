import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type XyPanel, xyChart } from './xy-chart.ts'

const panel = (part: Partial<XyPanel>): XyPanel => ({
  title: 'Time',
  x: { label: 'cars' },
  y: { label: 'ms' },
  series: [
    {
      label: 'a < b',
      colour: '#123456',
      shape: 'line',
      points: [
        [0, 1],
        [10, 100],
      ],
    },
  ],
  ...part,
})
const drawn = (part: Partial<XyPanel>) => xyChart({ title: 'T', caption: 'C', panels: [panel(part)] })
/** Upright places of the dots, and what is written at the ticks. */
const dots = (svg: string) => [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, , y]) => Number(y))

test('a figure has its title, axes and legend, and text that is safe', () => {
  const svg = drawn({})
  for (const part of ['<title>T</title>', 'cars', 'ms', 'Time', 'a &lt; b']) assert.ok(svg.includes(part), part)
  assert.doesNotMatch(svg, /NaN|Infinity|undefined/)
})

test('on a logarithmic axis equal factors are equal lengths', () => {
  const points = [1, 10, 100].map((value) => [value, value] as const)
  const series = [{ label: 'a', colour: '#000000', shape: 'line', points }] as const
  const [low, middle, high] = dots(drawn({ series, y: { label: 'ms', isLog: true } })) as [number, number, number]
  assert.ok(Math.abs(low - middle - (middle - high)) < 0.02 && low > high, `${low} ${middle} ${high}`)
})

test('an axis that is told where to begin and end does so', () => {
  const points = [30, 100].map((value) => [value, value] as const)
  const svg = drawn({ series: [{ label: 'a', colour: '#000000', shape: 'line', points }], y: { label: '%', from: 30, to: 100 } })
  assert.deepEqual(dots(svg), [206, 50])
  assert.ok(svg.includes('"end">40<') && !svg.includes('"end">20<'))
})

test('steps keep a value until the next, and an area stands on the ground', () => {
  const points = [
    [0, 5],
    [1, 10],
  ] as const
  const step = drawn({ series: [{ label: 'a', colour: '#000000', shape: 'step', points }] })
  assert.match(step, /d="M56,128L456,128L456,50"/)
  assert.match(drawn({ series: [{ label: 'a', colour: '#000000', shape: 'area', points }] }), /d="M56,206L56,128L456,128L456,50L456,206Z"/)
})
