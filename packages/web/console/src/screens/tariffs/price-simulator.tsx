import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, PlanChart } from '@voltway/ui'
import { useState } from 'react'
import type { Simulated } from '../../api-types.ts'
import { CostTable } from '../../components/cost-table.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import type { TariffDraft } from './tariff-draft.ts'
import { definitionOf } from './tariff-json.ts'

const MINUTE = 60_000
const zoneOf = (zone: string) => {
  try {
    Temporal.Now.zonedDateTimeISO(zone)
    return zone
  } catch {
    return 'UTC'
  }
}

/** Pick a session and see its price: the same function that bills it, over the tariff as it stands in the form. */
export const PriceSimulator = ({ draft }: { readonly draft: TariffDraft }) => {
  const zone = zoneOf(draft.timeZone)
  const [start, setStart] = useState(() =>
    Temporal.Now.zonedDateTimeISO(zone)
      .toPlainDateTime()
      .with({ hour: 15, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
      .toString({ smallestUnit: 'minute' }),
  )
  const [minutes, setMinutes] = useState(90)
  const [energyKwh, setEnergy] = useState(22)
  const [idleMinutes, setIdle] = useState(0)
  const [slotTaken, setTaken] = useState(false)
  const startsAt = Temporal.PlainDateTime.from(start).toZonedDateTime(zone).toInstant()
  const endsAt = startsAt.add({ minutes: Math.max(1, minutes) })
  const definition = definitionOf({ ...draft, name: draft.name || t('tariff.new') })
  const [body] = useDebouncedValue(
    JSON.stringify({
      definition,
      startsAt: startsAt.toString(),
      endsAt: endsAt.toString(),
      energyWh: Math.round(energyKwh * 1000),
      idleMinutes,
      slotTaken,
    }),
    300,
  )
  const [day] = useDebouncedValue(
    JSON.stringify({
      definition,
      startsAt: startsAt.toZonedDateTimeISO(zone).startOfDay().toInstant().toString(),
      endsAt: startsAt.toZonedDateTimeISO(zone).startOfDay().add({ days: 1 }).toInstant().toString(),
      energyWh: 0,
    }),
    300,
  )
  const ask = (asked: string) => ({
    queryKey: ['simulate', asked],
    queryFn: () => api<Simulated>('POST', '/tariffs/simulate', JSON.parse(asked)),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const price = useQuery(ask(body))
  const line = useQuery(ask(day))
  const whole: { readonly startsAt: string; readonly endsAt: string } = JSON.parse(day)
  const number = (set: (value: number) => void) => (value: string | number) => set(Number(value) || 0)
  return (
    <div className="c-surface c-simulator">
      <div className="c-fields">
        <TextInput
          type="datetime-local"
          label={t('simulate.start')}
          value={start}
          onChange={({ currentTarget }) => currentTarget.value && setStart(currentTarget.value)}
        />
        <NumberInput label={t('simulate.duration')} min={1} max={44_640} hideControls value={minutes} onChange={number(setMinutes)} />
        <NumberInput label={t('simulate.energy')} min={0} max={10_000} hideControls value={energyKwh} onChange={number(setEnergy)} />
        <NumberInput label={t('simulate.idle')} min={0} max={43_200} hideControls value={idleMinutes} onChange={number(setIdle)} />
        {draft.kind === 'evcms' && (
          <Checkbox label={t('simulate.taken')} checked={slotTaken} onChange={({ currentTarget }) => setTaken(currentTarget.checked)} />
        )}
      </div>
      {price.error ? <ProblemNote error={price.error} title={t('simulate.invalid')} /> : price.data && <CostTable cost={price.data.cost} />}
      {line.data && !line.error && (
        <figure className="c-price-line">
          <figcaption>{t('simulate.lineDay')}</figcaption>
          <PlanChart
            from={whole.startsAt}
            to={whole.endsAt}
            timeZone={zone}
            prices={line.data.priceLine}
            curve={[
              {
                from: startsAt.toString(),
                to: new Date(startsAt.epochMilliseconds + minutes * MINUTE).toISOString(),
                powerW: (energyKwh * 60_000) / Math.max(1, minutes),
              },
            ]}
            label={t('simulate.lineDay')}
          />
        </figure>
      )}
    </div>
  )
}
