import { ActionIcon, Button, Fieldset, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { Part } from '../../components/page.tsx'
import { faultAt } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import { PriceField } from './price-field.tsx'
import { RestrictionFields } from './restriction-fields.tsx'
import { ALWAYS } from './tariff-draft.ts'
import type { TariffFormProps } from './tariff-form-props.ts'

const PRICES = [
  ['energyPerKwh', 'tariff.ec'],
  ['peakDemandCharge', 'tariff.pdc'],
  ['serviceCharge', 'tariff.sc'],
] as const
const SHARES = ['offPeakFree', 'offPeakTaken', 'peakFree', 'peakTaken'] as const

/** The EVCMS formula: its three prices, its peak windows, and the multipliers of its Table 1. */
export const FormulaFields = ({ draft, onChange, error }: TariffFormProps) => {
  const { peakWindows, multipliers } = draft
  return (
    <>
      <Part title={t('tariff.kind.evcms')} hint={t('tariff.formula')}>
        <div className="c-surface">
          <div className="c-fields">
            {PRICES.map(([key, label]) => (
              <PriceField
                key={key}
                label={t(label)}
                required
                currency={draft.currency}
                value={draft[key]}
                onChange={(text) => onChange({ ...draft, [key]: text })}
                error={faultAt(error, key)}
              />
            ))}
          </div>
        </div>
      </Part>
      <Part title={t('tariff.multipliers')}>
        <div className="c-surface">
          <div className="c-fields">
            {SHARES.map((key) => (
              <TextInput
                key={key}
                label={t(`tariff.${key}`)}
                inputMode="decimal"
                required
                value={multipliers[key]}
                onChange={({ currentTarget }) => onChange({ ...draft, multipliers: { ...multipliers, [key]: currentTarget.value } })}
                error={faultAt(error, `multipliersPpm.${key}`)}
              />
            ))}
          </div>
        </div>
      </Part>
      <Part
        title={t('tariff.windows')}
        actions={
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange({ ...draft, peakWindows: [...peakWindows, ALWAYS] })}
          >
            {t('tariff.addWindow')}
          </Button>
        }
      >
        {peakWindows.map((window, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: windows have no name but their place
          <Fieldset key={index} legend={t('tariff.window', { index: index + 1 })} className="c-element">
            <div className="c-element-tools">
              <ActionIcon
                variant="subtle"
                aria-label={t('tariff.removeWindow', { index: index + 1 })}
                onClick={() => onChange({ ...draft, peakWindows: peakWindows.filter((_, at) => at !== index) })}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </div>
            <RestrictionFields
              path={`peakWindows[${index}]`}
              value={window}
              onChange={(next) => onChange({ ...draft, peakWindows: peakWindows.map((old, at) => (at === index ? next : old)) })}
              error={error}
            />
          </Fieldset>
        ))}
      </Part>
    </>
  )
}
