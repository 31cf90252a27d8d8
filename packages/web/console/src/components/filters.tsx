import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { sitesQuery } from '../queries.ts'
import { t } from '../text.ts'

/** The bar above a list. */
export const Filters = ({ children }: { readonly children: ReactNode }) => <search className="c-filters">{children}</search>

/** Everything, or only what is in error: every list has this. */
export const InErrorFilter = ({ value, onChange }: { readonly value: boolean; readonly onChange: (inError: boolean) => void }) => (
  <SegmentedControl
    size="xs"
    aria-label={t('list.inError')}
    value={value ? 'error' : 'all'}
    onChange={(next) => onChange(next === 'error')}
    data={[
      { value: 'all', label: t('list.all') },
      { value: 'error', label: t('list.inError') },
    ]}
  />
)

export const SearchFilter = ({
  value,
  onChange,
  label,
}: {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly label?: string
}) => {
  const [text, setText] = useState(value)
  const later = useDebouncedCallback(onChange, 250)
  return (
    <TextInput
      type="search"
      size="xs"
      w={220}
      aria-label={label ?? t('list.search')}
      placeholder={label ?? t('list.search')}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        later(currentTarget.value)
      }}
    />
  )
}

export interface ChoiceProps {
  readonly label: string
  readonly all: string
  readonly value: string | undefined
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string | undefined) => void
}
/** One of some values, or all of them. */
export const ChoiceFilter = ({ label, all, value, options, onChange }: ChoiceProps) => (
  <NativeSelect
    size="xs"
    aria-label={label}
    value={value ?? ''}
    onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    data={[{ value: '', label: all }, ...options]}
  />
)

export const SiteFilter = ({ value, onChange }: Pick<ChoiceProps, 'value' | 'onChange'>) => {
  const { data } = useQuery(sitesQuery)
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return <ChoiceFilter label={t('stations.site')} all={t('list.allSites')} value={value} options={options} onChange={onChange} />
}
