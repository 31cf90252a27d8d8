import { Button, Group, SegmentedControl } from '@mantine/core'
import { ConnectorView } from './connector-view.tsx'
import { LinkWord } from './link-word.tsx'
import { MessageLog } from './message-log.tsx'
import type { SimStation } from './simulator-api.ts'
import { t } from './text.ts'
import { useAct } from './use-act.ts'

const RATES = [1, 10, 60]

/** One station: its link, the clock, its connectors and what it says. */
export const StationView = ({ station }: { readonly station: SimStation }) => {
  const { run, acting } = useAct(station.id)
  const isUp = station.link === 'connected' || station.link === 'connecting'
  const rates = RATES.includes(station.clockRate) ? RATES : [...RATES, station.clockRate].sort((a, b) => a - b)
  return (
    <>
      <header className="s-station-head">
        <div>
          <h2>
            <code>{station.identity}</code>
          </h2>
          <p>{[station.ocppVersion.replace('ocpp', 'OCPP '), station.vendor, station.model].filter(Boolean).join(' · ')}</p>
        </div>
        <LinkWord link={station.link} />
        <Group gap="sm">
          {isUp ? (
            <>
              <Button size="xs" variant="default" loading={acting} onClick={() => run('link', { up: false })}>
                {t('link.drop')}
              </Button>
              <Button size="xs" variant="default" loading={acting} onClick={() => run('link', { up: false, how: 'cut' })}>
                {t('link.cut')}
              </Button>
            </>
          ) : (
            <Button size="xs" variant="default" loading={acting} onClick={() => run('link', { up: true })}>
              {t('link.raise')}
            </Button>
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('clock.title')}
            value={String(station.clockRate)}
            onChange={(rate) => run('clock', { rate: Number(rate) })}
            data={rates.map((rate) => ({ value: String(rate), label: `×${rate}` }))}
          />
        </Group>
      </header>
      {station.connectors.map((connector) => (
        <ConnectorView key={connector.evse} station={station.id} connector={connector} log={station.log} />
      ))}
      <MessageLog log={station.log} />
    </>
  )
}
