import { Checkbox, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { Part } from '../../components/page.tsx'
import { faultAt } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import { DynamicFields, ElementFields } from './element-fields.tsx'
import { FormulaFields } from './formula-fields.tsx'
import { PriceField } from './price-field.tsx'
import { RestrictionFields } from './restriction-fields.tsx'
import type { TariffDraft } from './tariff-draft.ts'
import type { TariffFormProps } from './tariff-form-props.ts'

const zones = () => Intl.supportedValuesOf('timeZone')

const Head = ({ draft, onChange, error }: TariffFormProps) => (
  <div className="c-fields">
    <TextInput
      label={t('tariff.name')}
      required
      maxLength={80}
      value={draft.name}
      onChange={({ currentTarget }) => onChange({ ...draft, name: currentTarget.value })}
      error={faultAt(error, 'name')}
    />
    <TextInput
      label={t('tariff.currency')}
      required
      maxLength={3}
      value={draft.currency}
      onChange={({ currentTarget }) => onChange({ ...draft, currency: currentTarget.value.toUpperCase() })}
      error={faultAt(error, 'currency')}
    />
    <NativeSelect
      label={t('tariff.timeZone')}
      value={draft.timeZone}
      data={[...new Set([draft.timeZone, 'UTC', ...zones()])]}
      onChange={({ currentTarget }) => onChange({ ...draft, timeZone: currentTarget.value })}
      error={faultAt(error, 'timeZone')}
    />
    <TextInput
      label={t('tariff.vat')}
      inputMode="decimal"
      value={draft.vatPercent}
      rightSection="%"
      onChange={({ currentTarget }) => onChange({ ...draft, vatPercent: currentTarget.value })}
      error={faultAt(error, 'vat.ratePpm')}
    />
    <PriceField
      label={t('tariff.feedIn')}
      currency={draft.currency}
      value={draft.feedInPerKwh}
      onChange={(feedInPerKwh) => onChange({ ...draft, feedInPerKwh })}
      error={faultAt(error, 'feedInPerKwh')}
    />
    <Checkbox
      label={t('tariff.vatIncluded')}
      checked={draft.pricesInclude}
      onChange={({ currentTarget }) => onChange({ ...draft, pricesInclude: currentTarget.checked })}
    />
  </div>
)

const Idle = ({ draft, onChange, error }: TariffFormProps) => {
  const { idle } = draft
  const put = (change: Partial<TariffDraft['idle']>) => onChange({ ...draft, idle: { ...idle, ...change } })
  return (
    <Part title={t('tariff.idle')}>
      <div className="c-surface">
        <Checkbox label={t('tariff.idleOn')} checked={idle.on} onChange={({ currentTarget }) => put({ on: currentTarget.checked })} />
        {idle.on && (
          <>
            <div className="c-fields">
              <PriceField
                label={t('tariff.idlePerMinute')}
                required
                currency={draft.currency}
                value={idle.perMinute}
                onChange={(perMinute) => put({ perMinute })}
                error={faultAt(error, 'idle.perMinute')}
              />
              <TextInput
                label={t('tariff.idleGrace')}
                inputMode="numeric"
                value={idle.graceMinutes}
                onChange={({ currentTarget }) => put({ graceMinutes: currentTarget.value })}
                error={faultAt(error, 'idle.graceMinutes')}
              />
              <PriceField
                label={t('tariff.idleCap')}
                currency={draft.currency}
                value={idle.cap}
                onChange={(cap) => put({ cap })}
                error={faultAt(error, 'idle.cap')}
              />
            </div>
            <RestrictionFields path="idle.when" value={idle.when} onChange={(when) => put({ when })} error={error} />
          </>
        )}
      </div>
    </Part>
  )
}

/** A tariff as a form: a price list of elements, or the EVCMS formula. */
export const TariffForm = (props: TariffFormProps) => {
  const { draft, onChange } = props
  return (
    <>
      <Part
        title={t('tariff.head')}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t('tariff.kind')}
            value={draft.kind}
            onChange={(kind) => onChange({ ...draft, kind: kind === 'evcms' ? 'evcms' : 'elements' })}
            data={[
              { value: 'elements', label: t('tariff.kind.elements') },
              { value: 'evcms', label: t('tariff.kind.evcms') },
            ]}
          />
        }
      >
        <div className="c-surface">
          <Head {...props} />
        </div>
      </Part>
      {draft.kind === 'elements' ? (
        <>
          <ElementFields {...props} />
          <DynamicFields {...props} />
        </>
      ) : (
        <FormulaFields {...props} />
      )}
      <Idle {...props} />
    </>
  )
}
