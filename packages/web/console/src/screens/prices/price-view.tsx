import { type Column, DataTable, formatDuration, formatNumber, Time, TimeSeries } from '@voltway/ui'
import { useMemo } from 'react'
import { Facts } from '../../components/facts.tsx'
import type { SeriesPrice } from '../../money-types.ts'
import { t } from '../../text.ts'
import { figuresOf, type PriceSpan, steppedLine } from './price-span.ts'

export interface PriceViewProps {
  readonly name: string
  readonly span: PriceSpan
  readonly timeZone: string
  readonly prices: readonly SeriesPrice[]
  readonly loading: boolean
}

const perKwh = (value: number) => formatNumber(value, 4)

const columnsIn = (timeZone: string): readonly Column<SeriesPrice>[] => [
  { id: 'from', header: t('series.from'), cell: ({ from }) => <Time at={from} timeZone={timeZone} />, sortBy: ({ from }) => from },
  { id: 'to', header: t('series.to'), cell: ({ to }) => <Time at={to} timeZone={timeZone} short />, sortBy: ({ to }) => to },
  {
    id: 'price',
    header: t('series.perKwh'),
    numeric: true,
    cell: ({ perKwhMicros }) => perKwh(Number(perKwhMicros) / 1e6),
    sortBy: ({ perKwhMicros }) => Number(perKwhMicros),
  },
]

/** Prices over some days: as a line, in a few figures, and row by row. */
export const PriceView = ({ name, span, timeZone, prices, loading }: PriceViewProps) => {
  const line = useMemo(() => steppedLine(prices), [prices])
  const series = useMemo(
    () => [{ label: t('series.perKwh'), colour: 'var(--vw-accent)', values: line.values, stepped: true, fill: true }],
    [line],
  )
  const figures = figuresOf(prices, span)
  return (
    <>
      <div className="c-surface">
        {figures ? (
          <>
            <TimeSeries
              times={line.times}
              series={series}
              timeZone={timeZone}
              format={perKwh}
              label={t('series.chart', { name, zone: timeZone })}
            />
            <Facts
              facts={[
                [t('series.lowest'), perKwh(figures.lowest)],
                [t('series.highest'), perKwh(figures.highest)],
                [t('series.mean'), perKwh(figures.mean)],
                [t('series.gaps'), figures.gapMs > 0 ? formatDuration(figures.gapMs) : t('series.noGaps')],
              ]}
            />
          </>
        ) : (
          !loading && t('series.nothing')
        )}
      </div>
      {prices.length > 0 && (
        <div className="c-scroll-list">
          <DataTable
            caption={t('series.chart', { name, zone: timeZone })}
            columns={columnsIn(timeZone)}
            rows={prices}
            rowKey={({ from }) => from}
            empty={t('series.nothing')}
          />
        </div>
      )}
    </>
  )
}
