import { NativeSelect, NumberInput, SimpleGrid, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Site } from '../../api-types.ts'
import { faultAt } from '../../components/problem.tsx'
import { t, wordOf } from '../../text.ts'

const ACCESS = ['public', 'private']
const KINDS = ['station', 'parking', 'depot', 'home']

/** A site as its form holds it. */
export const EMPTY_SITE = {
  name: '',
  kind: 'station',
  access: 'public',
  address: '',
  city: '',
  country: '',
  latitude: '' as number | string,
  longitude: '' as number | string,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: 'EUR',
  gridLimitKw: '' as number | string,
  operatorName: '',
}
export type SiteDraft = typeof EMPTY_SITE

export const draftOfSite = ({ gridLimitW, ...site }: Site): SiteDraft => ({
  name: site.name,
  kind: site.kind,
  access: site.access,
  address: site.address,
  city: site.city,
  country: site.country,
  latitude: site.latitude,
  longitude: site.longitude,
  timeZone: site.timeZone,
  currency: site.currency,
  gridLimitKw: gridLimitW === undefined ? '' : gridLimitW / 1000,
  operatorName: site.operatorName,
})

/** What the API takes; the grid limit in W, and none where the field is empty. */
export const bodyOfSite = ({ gridLimitKw, latitude, longitude, ...site }: SiteDraft) => ({
  ...site,
  latitude: Number(latitude),
  longitude: Number(longitude),
  gridLimitW: gridLimitKw === '' ? null : Math.round(Number(gridLimitKw) * 1000),
})

export interface SiteFormProps {
  readonly form: UseFormReturnType<SiteDraft>
  readonly error: Error | null
  readonly readOnly?: boolean
}

const pathOf = (name: keyof SiteDraft) => (name === 'gridLimitKw' ? 'gridLimitW' : name)

/** Where a site is, in which zone and currency, and what its grid connection gives. */
export const SiteForm = ({ form, error, readOnly = false }: SiteFormProps) => {
  const field = (name: keyof SiteDraft) => ({
    ...form.getInputProps(name),
    label: t(name === 'gridLimitKw' ? 'site.gridLimit' : name === 'operatorName' ? 'site.operator' : `site.${name}`),
    error: faultAt(error, pathOf(name)),
    disabled: readOnly,
  })
  const upper = (name: 'country' | 'currency') => ({
    ...field(name),
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      form.setFieldValue(name, currentTarget.value.toUpperCase()),
  })
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      <TextInput required data-autofocus {...field('name')} />
      <NativeSelect {...field('kind')} data={KINDS.map((kind) => ({ value: kind, label: wordOf('kind', kind) }))} />
      <NativeSelect
        {...field('access')}
        description={t('site.accessHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={ACCESS.map((access) => ({ value: access, label: wordOf('access', access) }))}
      />
      <TextInput required {...field('address')} />
      <TextInput required {...field('city')} />
      <TextInput required maxLength={2} {...upper('country')} />
      <TextInput required maxLength={3} {...upper('currency')} />
      <NumberInput required hideControls min={-90} max={90} decimalScale={6} {...field('latitude')} />
      <NumberInput required hideControls min={-180} max={180} decimalScale={6} {...field('longitude')} />
      <TextInput required {...field('timeZone')} />
      <NumberInput hideControls min={0.001} decimalScale={3} {...field('gridLimitKw')} />
      <TextInput required {...field('operatorName')} />
    </SimpleGrid>
  )
}
