import { text } from '../text.ts'
import type { Filters, PowerClass } from './choose-sites.ts'

const Chip = ({ on, label, onChange }: { readonly on: boolean; readonly label: string; readonly onChange: (on: boolean) => void }) => (
  <button type="button" className="vw-chip" aria-pressed={on} onClick={() => onChange(!on)}>
    {label}
  </button>
)

const POWERS: readonly { readonly value: PowerClass; readonly label: string }[] = [
  { value: 'rapid', label: text('powerRapid') },
  { value: 'ultra', label: text('powerUltra') },
]

export interface FilterBarProps {
  readonly filters: Filters
  readonly onChange: (filters: Filters) => void
  /** My car's plug needs a car. */
  readonly plug: string | undefined
}

export const FilterBar = ({ filters, onChange, plug }: FilterBarProps) => (
  <fieldset className="vw-chips">
    <legend className="vw-hidden">{text('filters')}</legend>
    {plug && <Chip on={filters.myPlug} label={text('filterPlug', { plug })} onChange={(myPlug) => onChange({ ...filters, myPlug })} />}
    <Chip on={filters.freeNow} label={text('filterFree')} onChange={(freeNow) => onChange({ ...filters, freeNow })} />
    {POWERS.map(({ value, label }) => (
      <Chip key={value} on={filters.power === value} label={label} onChange={(on) => onChange({ ...filters, power: on ? value : 'any' })} />
    ))}
  </fieldset>
)
