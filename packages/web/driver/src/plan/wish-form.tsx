import '../kit.ts'
import { NumberInput, SegmentedControl, Slider, TextInput } from '@mantine/core'
import type { Vehicle } from '../api/types.ts'
import { text } from '../text.ts'
import type { ChoiceFaults } from './choice-faults.ts'
import { hasChoices } from './more-choices.ts'
import { MoreChoicesFields } from './more-choices-fields.tsx'
import { type WishForm as Form, leaningOf } from './wish.ts'

export interface WishFormProps {
  readonly form: Form
  readonly onChange: (form: Form) => void
  readonly vehicles: readonly Vehicle[]
  readonly vehicle: Vehicle | undefined
  readonly onVehicle: (id: string) => void
  readonly currency: string
  /** Today at the site, `yyyy-mm-dd`. */
  readonly today: string
  /** Of the choices beyond when, how much and what matters; without it they are not offered. */
  readonly faults?: ChoiceFaults
}

const HASTE = [text('hasteCheapest'), text('hasteCheap'), text('hasteBalanced'), text('hasteSoon'), text('hasteSoonest')]
const HOURS = [1, 2, 3, 4, 6, 8, 10, 12, 16, 24]
const numberOr = (value: number | string, fallback: number) => (typeof value === 'number' ? value : fallback)

const When = ({ form, onChange, today }: Pick<WishFormProps, 'form' | 'onChange' | 'today'>) => (
  <fieldset className="vw-fields">
    <legend>{text('when')}</legend>
    <TextInput
      type="date"
      size="lg"
      label={text('day')}
      min={today}
      value={form.day || today}
      onChange={({ currentTarget }) => onChange({ ...form, day: currentTarget.value })}
    />
    <TextInput
      type="time"
      size="lg"
      label={text('arrival')}
      description={form.arrival === '' ? text('arrivalNow') : undefined}
      inputWrapperOrder={['label', 'input', 'description']}
      value={form.arrival}
      onChange={({ currentTarget }) => onChange({ ...form, arrival: currentTarget.value })}
    />
    <div className="vw-span">
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={text('untilLabel')}
        value={form.until}
        onChange={(until) => onChange({ ...form, until: until as Form['until'] })}
        data={[
          { value: 'duration', label: text('untilDuration') },
          { value: 'departure', label: text('untilDeparture') },
        ]}
      />
    </div>
    {form.until === 'departure' ? (
      <TextInput
        className="vw-span"
        type="time"
        size="lg"
        label={text('departure')}
        value={form.departure}
        onChange={({ currentTarget }) => onChange({ ...form, departure: currentTarget.value })}
      />
    ) : (
      <label className="vw-span vw-select">
        {text('stay')}
        <select value={form.hours} onChange={({ currentTarget }) => onChange({ ...form, hours: Number(currentTarget.value) })}>
          {HOURS.map((hours) => (
            <option key={hours} value={hours}>
              {text('hours', { hours })}
            </option>
          ))}
        </select>
      </label>
    )}
  </fieldset>
)

const Battery = ({ form, onChange }: Pick<WishFormProps, 'form' | 'onChange'>) => (
  <>
    <NumberInput
      size="lg"
      label={text('socNow')}
      suffix=" %"
      min={0}
      max={99}
      hideControls
      inputMode="numeric"
      value={form.socPercent}
      onChange={(value) => onChange({ ...form, socPercent: numberOr(value, form.socPercent) })}
    />
    <NumberInput
      size="lg"
      label={text('socTarget')}
      suffix=" %"
      min={1}
      max={100}
      hideControls
      inputMode="numeric"
      value={form.targetPercent}
      onChange={(value) => onChange({ ...form, targetPercent: numberOr(value, form.targetPercent) })}
    />
  </>
)

const HowMuch = ({
  form,
  onChange,
  vehicles,
  vehicle,
  onVehicle,
}: Pick<WishFormProps, 'form' | 'onChange' | 'vehicles' | 'vehicle' | 'onVehicle'>) => (
  <fieldset className="vw-fields">
    <legend>{text('howMuch')}</legend>
    {vehicles.length > 1 && (
      <label className="vw-span vw-select">
        {text('car')}
        <select value={vehicle?.id} onChange={({ currentTarget }) => onVehicle(currentTarget.value)}>
          {vehicles.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
    )}
    {vehicle && (
      <div className="vw-span">
        <SegmentedControl
          fullWidth
          size="md"
          aria-label={text('howMuch')}
          value={form.amount}
          onChange={(amount) => onChange({ ...form, amount: amount as Form['amount'] })}
          data={[
            { value: 'target', label: text('byTarget') },
            { value: 'energy', label: text('byEnergy') },
          ]}
        />
      </div>
    )}
    {vehicle && form.amount === 'target' ? (
      <Battery form={form} onChange={onChange} />
    ) : (
      <NumberInput
        className="vw-span"
        size="lg"
        label={text('energy')}
        suffix=" kWh"
        min={1}
        max={500}
        hideControls
        inputMode="decimal"
        value={form.kWh}
        onChange={(value) => onChange({ ...form, kWh: numberOr(value, 0) })}
      />
    )}
  </fieldset>
)

const Haste = ({ form, onChange }: Pick<WishFormProps, 'form' | 'onChange'>) => (
  <div className="vw-span vw-slider">
    <Slider
      size="lg"
      min={0}
      max={4}
      step={1}
      label={null}
      value={form.haste}
      onChange={(haste) => onChange({ ...form, haste })}
      thumbLabel={text('whatMatters')}
      thumbValueText={HASTE[form.haste] ?? ''}
    />
    <div className="vw-slider-ends" aria-hidden="true">
      <span>{text('hasteCheapest')}</span>
      <strong>{HASTE[form.haste]}</strong>
      <span>{text('hasteSoonest')}</span>
    </div>
  </div>
)

/** When, how long, how much, and what matters more: money or time. */
export const WishForm = (props: WishFormProps) => {
  const { form, onChange, currency, faults } = props
  return (
    <form className="vw-card vw-wish" onSubmit={(event) => event.preventDefault()}>
      <When {...props} />
      <HowMuch {...props} />
      <fieldset className="vw-fields">
        <legend>{text('whatMatters')}</legend>
        {hasChoices(form.more) ? <p className="vw-span vw-muted">{text('choicesMatter')}</p> : <Haste {...props} />}
        <NumberInput
          className="vw-span"
          size="lg"
          label={text('cap')}
          placeholder={text('capNone')}
          suffix={` ${currency}`}
          min={0}
          decimalScale={2}
          hideControls
          inputMode="decimal"
          value={form.cap ?? ''}
          onChange={(value) => onChange({ ...form, cap: typeof value === 'number' ? value : undefined })}
        />
      </fieldset>
      {faults && (
        <MoreChoicesFields choices={form.more} leaning={leaningOf(form)} onChange={(more) => onChange({ ...form, more })} faults={faults} />
      )}
    </form>
  )
}
