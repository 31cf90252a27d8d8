import { Autocomplete } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatExact, useNow } from '@voltway/ui'
import type { ReactNode } from 'react'
import { priceSeriesQuery } from '../../queries.ts'
import { t } from '../../text.ts'

interface Props {
  readonly value: string
  readonly onChange: (name: string) => void
  readonly error: ReactNode
}

/** The name of a stored series: one there is, or one whose prices are still to come; how far it reaches, and the way to its prices. */
export const SeriesField = ({ value, onChange, error }: Props) => {
  const now = useNow(60_000)
  const series = useQuery(priceSeriesQuery).data?.items
  const chosen = series?.find(({ name }) => name === value)
  const reach =
    series === undefined || value === ''
      ? undefined
      : chosen?.to === undefined
        ? t('tariff.seriesNone')
        : t(Date.parse(chosen.to) > now ? 'tariff.seriesUntil' : 'tariff.seriesOver', { time: formatExact(chosen.to) })
  return (
    <Autocomplete
      label={t('tariff.series')}
      required
      maxLength={80}
      value={value}
      onChange={onChange}
      error={error}
      data={(series ?? []).map(({ name }) => name)}
      // All of them when it is opened: a name that is whole matches itself alone.
      filter={({ options, search }) => (chosen ? options : options.filter((one) => 'label' in one && one.label.includes(search)))}
      description={
        reach && (
          <>
            {reach}{' '}
            <Link to="/prices/$name" params={{ name: value }} className="c-link">
              {t('tariff.seriesShow')}
            </Link>
          </>
        )
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  )
}
