import { Chip, TextInput } from '@mantine/core'
import { faultAt } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import { type Restriction, WEEKDAYS } from './tariff-draft.ts'

export interface RestrictionFieldsProps {
  /** The field's path in the tariff, by which the server names it. */
  readonly path: string
  readonly value: Restriction
  readonly onChange: (value: Restriction) => void
  readonly error: Error | null
}

/** When something applies: times of day, weekdays, season; what is left empty does not restrict. */
export const RestrictionFields = ({ path, value, onChange, error }: RestrictionFieldsProps) => {
  const fault = (key: string) => faultAt(error, `${path}.${key}`)
  return (
    <div className="c-fields c-fields-when">
      {(['startTime', 'endTime'] as const).map((key) => (
        <TextInput
          key={key}
          type="time"
          label={t(`tariff.${key}`)}
          value={value[key]}
          onChange={({ currentTarget }) => onChange({ ...value, [key]: currentTarget.value })}
          error={fault(key)}
        />
      ))}
      {(['seasonStart', 'seasonEnd'] as const).map((key) => (
        <TextInput
          key={key}
          label={t(`tariff.${key}`)}
          placeholder={t('tariff.seasonHint')}
          maxLength={5}
          value={value[key]}
          onChange={({ currentTarget }) => onChange({ ...value, [key]: currentTarget.value })}
          error={fault(key)}
        />
      ))}
      <Chip.Group
        multiple
        value={[...value.weekdays]}
        onChange={(days) => onChange({ ...value, weekdays: WEEKDAYS.filter((day) => days.includes(day)) })}
      >
        <fieldset className="c-weekdays">
          <legend>{t('tariff.weekdays')}</legend>
          {WEEKDAYS.map((day) => (
            <Chip key={day} value={day} size="xs" radius="sm" variant="outline">
              {t(`weekday.${day}`)}
            </Chip>
          ))}
        </fieldset>
      </Chip.Group>
      {fault('weekdays') && <p className="c-warn">{fault('weekdays')}</p>}
    </div>
  )
}
