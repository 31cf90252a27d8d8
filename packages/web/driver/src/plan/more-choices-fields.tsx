import '../kit.ts'
import { Button, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { formatDuration, formatEnergy } from '@voltway/ui'
import { useEffect, useId, useState } from 'react'
import { text } from '../text.ts'
import type { ChoiceFaults } from './choice-faults.ts'
import { choiceProblem, type Goal, hasChoices, type MoreChoices, NO_CHOICES } from './more-choices.ts'

export interface MoreChoicesFieldsProps {
  readonly choices: MoreChoices
  /** The goal where none is chosen. */
  readonly leaning: Goal
  readonly onChange: (choices: MoreChoices) => void
  readonly faults: ChoiceFaults
}

const MINUTES = [15, 30, 45, 60, 90, 120]
const minutesText = (minutes: number) => formatDuration(minutes * 60_000)

const Minimum = ({ choices, onChange, faults }: Omit<MoreChoicesFieldsProps, 'leaning'>) => {
  const missing = choiceProblem(choices)
  return (
    <fieldset className="vw-fields">
      <legend>{text('minimumLegend')}</legend>
      <NumberInput
        size="lg"
        label={text('minimumEnergy')}
        description={missing === 'minimumMissing' ? text('minimumMissing') : undefined}
        error={faults['body.minimum.energyWh']}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        suffix=" kWh"
        min={0}
        max={500}
        hideControls
        inputMode="decimal"
        value={choices.minimumKWh ?? ''}
        onChange={(value) => onChange({ ...choices, minimumKWh: typeof value === 'number' && value > 0 ? value : undefined })}
      />
      <TextInput
        type="time"
        size="lg"
        label={text('minimumBy')}
        description={missing === 'minimumByMissing' ? text('minimumByMissing') : undefined}
        error={faults['body.minimum.by']}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={choices.minimumBy}
        onChange={({ currentTarget }) => onChange({ ...choices, minimumBy: currentTarget.value })}
      />
    </fieldset>
  )
}

const LastPart = ({ choices, onChange, faults }: Omit<MoreChoicesFieldsProps, 'leaning'>) => {
  const told = useId()
  const fault = faults['body.lastPartMinutes']
  return (
    <div className="vw-told">
      <label className="vw-select">
        {text('lastPart')}
        <select
          value={choices.lastPartMinutes}
          aria-invalid={fault !== undefined}
          aria-describedby={told}
          onChange={({ currentTarget }) => onChange({ ...choices, lastPartMinutes: Number(currentTarget.value) })}
        >
          <option value={0}>{text('lastPartNone')}</option>
          {MINUTES.map((minutes) => (
            <option key={minutes} value={minutes}>
              {text('lastPartMinutes', { time: minutesText(minutes) })}
            </option>
          ))}
        </select>
      </label>
      <p id={told} className={fault ? 'vw-fault' : 'vw-muted'}>
        {fault ?? text('lastPartHint')}
      </p>
    </div>
  )
}

const GOALS = { cheapest: 'hasteCheapest', earliest: 'hasteSoonest', greenest: 'goalGreenest' } as const

/** What is chosen, for when the choices are closed. */
const chosenText = ({ minimumKWh, minimumBy, lastPartMinutes, uninterrupted, goal }: MoreChoices) =>
  [
    minimumKWh !== undefined && minimumBy !== '' && text('chosenMinimum', { energy: formatEnergy(minimumKWh * 1000), time: minimumBy }),
    lastPartMinutes > 0 && text('chosenLastPart', { time: minutesText(lastPartMinutes) }),
    uninterrupted && text('chosenOneGo'),
    goal && text(GOALS[goal]),
  ]
    .filter(Boolean)
    .join(' · ')

/** What few drivers need: closed until it is asked for, or until something in it is wrong. */
export const MoreChoicesFields = (props: MoreChoicesFieldsProps) => {
  const { choices, leaning, onChange, faults } = props
  const [open, setOpen] = useState(false)
  const faulty = Object.keys(faults).length > 0
  useEffect(() => {
    if (faulty) setOpen(true)
  }, [faulty])
  const chosen = chosenText(choices)
  return (
    <details className="vw-more" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {text('moreChoices')}
        {!open && chosen !== '' && <span className="vw-muted">{chosen}</span>}
      </summary>
      <div className="vw-more-fields">
        <Minimum {...props} />
        <LastPart {...props} />
        <label className="vw-check">
          <input
            type="checkbox"
            checked={choices.uninterrupted}
            onChange={({ currentTarget }) => onChange({ ...choices, uninterrupted: currentTarget.checked })}
          />
          {text('oneGo')}
        </label>
        <div className="vw-told">
          <span className="vw-muted" aria-hidden="true">
            {text('goal')}
          </span>
          <SegmentedControl
            fullWidth
            size="md"
            aria-label={text('goal')}
            value={choices.goal ?? (hasChoices(choices) ? leaning : '')}
            onChange={(goal) => onChange({ ...choices, goal: goal as Goal })}
            data={Object.entries(GOALS).map(([value, key]) => ({ value, label: text(key) }))}
          />
          {faults['body.goal'] && <p className="vw-fault">{faults['body.goal']}</p>}
        </div>
        {hasChoices(choices) && (
          <Button variant="default" onClick={() => onChange(NO_CHOICES)}>
            {text('clearChoices')}
          </Button>
        )}
      </div>
    </details>
  )
}
