import { ActionIcon, Button, Checkbox, Fieldset, TextInput } from '@mantine/core'
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { Part } from '../../components/page.tsx'
import { faultAt } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import { PriceField } from './price-field.tsx'
import { RestrictionFields } from './restriction-fields.tsx'
import { SeriesField } from './series-field.tsx'
import { type ElementDraft, EMPTY_ELEMENT } from './tariff-draft.ts'
import type { TariffFormProps } from './tariff-form-props.ts'

const PRICES = ['perKwh', 'perMinute', 'perSession'] as const

interface OneProps extends TariffFormProps {
  readonly element: ElementDraft
  readonly index: number
}
const One = ({ draft, onChange, error, element, index }: OneProps) => {
  const path = `elements[${index}]`
  const { elements } = draft
  const put = (change: Partial<ElementDraft>) =>
    onChange({ ...draft, elements: elements.map((old, at) => (at === index ? { ...old, ...change } : old)) })
  const remove = () => onChange({ ...draft, elements: elements.filter((_, at) => at !== index) })
  const up = () =>
    onChange({
      ...draft,
      elements: elements.map((old, at) => (at === index - 1 ? element : at === index ? (elements[index - 1] ?? old) : old)),
    })
  return (
    <Fieldset legend={t('tariff.element', { index: index + 1 })} className="c-element">
      <div className="c-element-tools">
        <ActionIcon variant="subtle" disabled={index === 0} onClick={up} aria-label={t('tariff.up', { index: index + 1 })}>
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          disabled={elements.length === 1}
          onClick={remove}
          aria-label={t('tariff.removeElement', { index: index + 1 })}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </div>
      <div className="c-fields">
        {PRICES.map((key) => (
          <PriceField
            key={key}
            label={t(`tariff.${key}`)}
            currency={draft.currency}
            value={element[key]}
            onChange={(text) => put({ [key]: text })}
            error={faultAt(error, `${path}.${key}`)}
          />
        ))}
        <TextInput
          label={t('tariff.elementName')}
          maxLength={80}
          value={element.name}
          onChange={({ currentTarget }) => put({ name: currentTarget.value })}
          error={faultAt(error, `${path}.name`)}
        />
      </div>
      <RestrictionFields path={`${path}.when`} value={element.when} onChange={(when) => put({ when })} error={error} />
    </Fieldset>
  )
}

/** The rows of a price list in their order. */
export const ElementFields = (props: TariffFormProps) => {
  const { draft, onChange } = props
  return (
    <Part
      title={t('tariff.elements')}
      hint={t('tariff.elementsHint')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange({ ...draft, elements: [...draft.elements, EMPTY_ELEMENT] })}
        >
          {t('tariff.addElement')}
        </Button>
      }
    >
      {draft.elements.map((element, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is what an element is known by
        <One key={index} {...props} element={element} index={index} />
      ))}
    </Part>
  )
}

const MOVING = [
  ['markupPerKwh', 'tariff.markup'],
  ['loadPerKwh', 'tariff.load'],
  ['floorPerKwh', 'tariff.floor'],
  ['capPerKwh', 'tariff.cap'],
] as const

/** A price per kWh that follows a stored day-ahead series. */
export const DynamicFields = ({ draft, onChange, error }: TariffFormProps) => {
  const { dynamic } = draft
  const put = (change: Partial<typeof dynamic>) => onChange({ ...draft, dynamic: { ...dynamic, ...change } })
  return (
    <Part title={t('tariff.dynamic')}>
      <div className="c-surface">
        <Checkbox label={t('tariff.dynamicOn')} checked={dynamic.on} onChange={({ currentTarget }) => put({ on: currentTarget.checked })} />
        {dynamic.on && (
          <div className="c-fields">
            <SeriesField value={dynamic.series} onChange={(series) => put({ series })} error={faultAt(error, 'dynamic.series')} />
            <TextInput
              label={t('tariff.factor')}
              inputMode="decimal"
              value={dynamic.factor}
              onChange={({ currentTarget }) => put({ factor: currentTarget.value })}
              error={faultAt(error, 'dynamic.factorPpm')}
            />
            {MOVING.map(([key, label]) => (
              <PriceField
                key={key}
                label={t(label)}
                currency={draft.currency}
                value={dynamic[key]}
                onChange={(text) => put({ [key]: text })}
                error={faultAt(error, `dynamic.${key}`)}
              />
            ))}
          </div>
        )}
      </div>
    </Part>
  )
}
