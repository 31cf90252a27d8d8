import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type uPlot from 'uplot'
import { formatDateTime, formatDay, formatTime } from '../format.ts'
import 'uplot/dist/uPlot.min.css'

export interface Series {
  readonly label: string
  /** A CSS colour; `var(--vw-...)` is resolved. */
  readonly colour: string
  readonly values: readonly (number | null)[]
  readonly fill?: boolean
  readonly dashed?: boolean
  readonly stepped?: boolean
}
export interface TimeSeriesProps {
  /** Epoch milliseconds, ascending. */
  readonly times: readonly number[]
  readonly series: readonly Series[]
  readonly timeZone: string
  readonly format: (value: number) => string
  readonly height?: number
  readonly label: string
}

const resolve = (colour: string, element: Element) =>
  colour.startsWith('var(') ? getComputedStyle(element).getPropertyValue(colour.slice(4, -1)).trim() : colour

const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString()
/** The time of day as the reader writes it, and the day where it changes. */
const timeMarks = (seconds: readonly number[], timeZone: string) => {
  const days = seconds.map((at) => formatDay(isoOf(at), timeZone))
  return seconds.map((at, index) => `${formatTime(isoOf(at), timeZone)}${days[index] === days[index - 1] ? '' : `\n${days[index]}`}`)
}

/** Lines over time on a canvas; `label` says what is drawn. */
export const TimeSeries = ({ times, series, timeZone, format, height = 220, label }: TimeSeriesProps) => {
  const holder = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme()
  useEffect(() => {
    const element = holder.current
    if (!element || times.length === 0) return
    // The colours are read anew when the scheme changes.
    element.dataset.scheme = scheme
    const axis = {
      stroke: resolve('var(--vw-muted)', element),
      grid: { stroke: resolve('var(--vw-border)', element), width: 1 },
      ticks: { show: false },
      font: '12px system-ui',
    }
    const optionsFor = (library: typeof uPlot): uPlot.Options => ({
      width: element.clientWidth || 600,
      height,
      tzDate: (seconds) => library.tzDate(new Date(seconds * 1000), timeZone),
      // The last mark may name a day, which is wider than a time.
      padding: [null, 36, null, null],
      legend: { live: true },
      cursor: { points: { size: 6 } },
      axes: [
        { ...axis, values: (_, ticks) => timeMarks(ticks, timeZone) },
        { ...axis, size: 64, values: (_, ticks) => ticks.map(format) },
      ],
      series: [
        { value: (_, seconds) => (seconds === null || seconds === undefined ? '–' : formatDateTime(isoOf(seconds), timeZone)) },
        ...series.map(
          (one): uPlot.Series => ({
            label: one.label,
            stroke: resolve(one.colour, element),
            width: 2,
            points: { show: false },
            ...(one.fill && { fill: `${resolve(one.colour, element)}33` }),
            ...(one.dashed && { dash: [6, 4] }),
            ...(one.stepped && library.paths.stepped && { paths: library.paths.stepped({ align: 1 }) }),
            value: (_, value) => (value === null || value === undefined ? '–' : format(value)),
          }),
        ),
      ],
    })
    let plot: uPlot | undefined
    let gone = false
    const observer = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height }))
    // Loaded when first needed: most screens draw no canvas.
    import('uplot').then(
      ({ default: library }) => {
        if (gone) return
        plot = new library(optionsFor(library), [times.map((time) => time / 1000), ...series.map(({ values }) => [...values])], element)
        observer.observe(element)
      },
      () => undefined,
    )
    return () => {
      gone = true
      observer.disconnect()
      plot?.destroy()
    }
  }, [times, series, timeZone, format, height, scheme])
  return <div ref={holder} role="img" aria-label={label} style={{ width: '100%', minHeight: height }} />
}
