import { Kbd, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { openSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '@voltway/ui'
import { useState } from 'react'
import type { Driver, List, Station } from '../api-types.ts'
import { queryText, sitesQuery } from '../queries.ts'
import { t } from '../text.ts'
import { SCREENS } from './navigation.tsx'

const isApple = () => /Mac|iP(hone|ad)/.test(navigator.userAgent)

export const PaletteButton = () => (
  <UnstyledButton className="c-palette" onClick={() => openSpotlight()}>
    <IconSearch size={15} aria-hidden />
    <span>{t('shell.search')}</span>
    <Kbd size="xs">{isApple() ? '⌘ K' : 'Ctrl K'}</Kbd>
  </UnstyledButton>
)

/** Goes to any screen, station, driver or site by typing; Ctrl or ⌘ with K opens it anywhere. */
export const Palette = () => {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 200)
  const asked = q.length >= 2
  const stations = useQuery({
    queryKey: ['stations', 'palette', q],
    queryFn: () => api<List<Station>>('GET', `/stations${queryText({ q, limit: 6 })}`),
    enabled: asked,
  })
  const drivers = useQuery({
    queryKey: ['drivers', 'palette', q],
    queryFn: () => api<List<Driver>>('GET', `/drivers${queryText({ q, limit: 6 })}`),
    enabled: asked,
  })
  const sites = useQuery({ ...sitesQuery, enabled: asked })
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('palette.screens'),
      actions: SCREENS.map(({ to, text: key, icon: Icon }) => ({
        id: to,
        label: t(key),
        leftSection: <Icon size={18} aria-hidden />,
        onClick: () => void navigate({ to }),
      })),
    },
    {
      group: t('palette.actions'),
      actions: [
        { id: 'new-station', label: t('palette.newStation'), onClick: () => void navigate({ to: '/stations', search: { create: true } }) },
        { id: 'new-driver', label: t('palette.newDriver'), onClick: () => void navigate({ to: '/drivers', search: { create: true } }) },
        { id: 'new-tariff', label: t('palette.newTariff'), onClick: () => void navigate({ to: '/tariffs/$id', params: { id: 'new' } }) },
        { id: 'in-error', label: t('palette.inError'), onClick: () => void navigate({ to: '/stations', search: { inError: true } }) },
        { id: 'held', label: t('palette.held'), onClick: () => void navigate({ to: '/sessions', search: { inError: true } }) },
      ],
    },
    {
      group: t('palette.stations'),
      actions: (asked ? (stations.data?.items ?? []) : []).map(({ id, name, siteName }) => ({
        id,
        label: name,
        description: siteName,
        keywords: [q],
        onClick: () => void navigate({ to: '/stations/$id', params: { id } }),
      })),
    },
    {
      group: t('palette.drivers'),
      actions: (asked ? (drivers.data?.items ?? []) : []).map(({ id, name, email }) => ({
        id,
        label: name,
        ...(email && { description: email }),
        keywords: [q],
        onClick: () => void navigate({ to: '/drivers/$id', params: { id } }),
      })),
    },
    {
      group: t('palette.sites'),
      actions: (asked ? (sites.data?.items ?? []) : []).map(({ id, name, city }) => ({
        id,
        label: name,
        description: city,
        onClick: () => void navigate({ to: '/stations', search: { siteId: id } }),
      })),
    },
  ]
  return (
    <Spotlight
      actions={groups.filter(({ actions }) => actions.length > 0)}
      query={text}
      onQueryChange={setText}
      shortcut={['mod + K']}
      nothingFound={t('palette.nothing')}
      highlightQuery
      limit={24}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
    />
  )
}
