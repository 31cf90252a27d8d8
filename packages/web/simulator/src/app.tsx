import { ActionIcon, Alert, Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useHash } from '@mantine/hooks'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { Fleet } from './fleet.tsx'
import { StationView } from './station-view.tsx'
import { t } from './text.ts'
import { useFleet } from './use-fleet.ts'

const Scheme = () => {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={t('scheme.toggle')}
      onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
    >
      {scheme === 'dark' ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />}
    </ActionIcon>
  )
}

/** The fleet beside one of its stations; the address names the station, `#CS-1`. */
export const App = () => {
  const { fleet, live } = useFleet()
  const [hash, setHash] = useHash()
  const chosen = decodeURIComponent(hash.slice(1))
  const stations = fleet.data ?? []
  const station = stations.find(({ id }) => id === chosen) ?? stations[0]
  return (
    <div className="s-page">
      <header className="s-head">
        <div>
          <h1>{t('app.name')}</h1>
          <p>{t('app.hint')}</p>
        </div>
        <output className="s-live" data-state={live}>
          {t(`live.${live}`)}
        </output>
        <Scheme />
      </header>
      {fleet.isError && (
        <Alert color="red" variant="outline" title={t('fleet.failed')} role="alert" className="s-alert">
          <p>{t('fleet.failedHint')}</p>
          <Button size="xs" variant="default" onClick={() => void fleet.refetch()}>
            {t('fleet.retry')}
          </Button>
        </Alert>
      )}
      {fleet.data && (
        <div className="s-columns">
          <Fleet stations={stations} selected={station?.id} onSelect={(id) => setHash(encodeURIComponent(id))} />
          <main>{station ? <StationView key={station.id} station={station} /> : <p>{t('fleet.empty')}</p>}</main>
        </div>
      )}
    </div>
  )
}
