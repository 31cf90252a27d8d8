import { Button, Menu, Tabs } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Age, formatPower, useNow } from '@voltway/ui'
import type { StationDetail } from '../../api-types.ts'
import { Facts } from '../../components/facts.tsx'
import { Page } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { stationQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { useScopes } from '../../use-scopes.ts'
import { CommandsTab } from './commands-tab.tsx'
import { EvsesTab } from './evses-tab.tsx'
import { LinkWord } from './link-word.tsx'
import { MessagesTab } from './messages-tab.tsx'
import { SettingsTab } from './settings-tab.tsx'
import { TimelineTab } from './timeline-tab.tsx'
import { useQuickCommand } from './use-quick-command.ts'
import { VariablesTab } from './variables-tab.tsx'

const route = getRouteApi('/shell/stations/$id')
const TABS = [
  ['evses', EvsesTab],
  ['commands', CommandsTab],
  ['messages', MessagesTab],
  ['timeline', TimelineTab],
  ['variables', VariablesTab],
  ['settings', SettingsTab],
] as const

const Restart = ({ station }: { readonly station: StationDetail }) => {
  const quick = useQuickCommand(station)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={quick.isPending}
          disabled={!station.online}
        >
          {t('station.reset')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => quick.mutate({ kind: 'reset', hard: false })}>{t('station.resetSoft')}</Menu.Item>
        <Menu.Item onClick={() => quick.mutate({ kind: 'reset', hard: true })} color="red">
          {t('station.resetHard')}
        </Menu.Item>
        <Menu.Label>{t('station.resetHint')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}

const Head = ({ station }: { readonly station: StationDetail }) => {
  const now = useNow(15_000)
  return (
    <div>
      <div className="c-surface">
        <Facts
          facts={[
            [
              t('stations.site'),
              <Link key="site" to="/stations" search={{ siteId: station.siteId }}>
                {station.siteName}
              </Link>,
            ],
            [t('station.identity'), <code key="identity">{station.identity}</code>],
            [t('stations.version'), station.ocppVersion?.replace('ocpp', '')],
            [t('station.model'), [station.vendor, station.model].filter(Boolean).join(' ')],
            [t('station.firmware'), station.firmware],
            [t('station.serial'), station.serial],
            [t('station.lastHeard'), station.lastSeenAt && <Age key="seen" at={station.lastSeenAt} now={now} />],
            [t('station.connectedSince'), station.online && station.connectedAt && <Age key="since" at={station.connectedAt} now={now} />],
            station.sharedLimitW ? [t('station.sharedLimit'), formatPower(station.sharedLimitW)] : undefined,
            station.registration === 'accepted' ? undefined : [t('station.registration'), wordOf('settings', station.registration)],
          ]}
        />
      </div>
    </div>
  )
}

/** One charging station: what it is, and its six tabs. */
export const StationScreen = () => {
  const { id } = route.useParams()
  const { tab = 'evses' } = route.useSearch()
  const navigate = route.useNavigate()
  const may = useScopes()
  const { data: station, error, refetch } = useQuery(stationQuery(id))
  const back = <Link to="/stations">{t('page.back', { name: t('stations.title') })}</Link>
  if (!station)
    return (
      <Page title={t('stations.name')} back={back}>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  return (
    <Page
      title={station.name}
      back={back}
      beside={<LinkWord online={station.online} />}
      actions={may('commands:write') && station.ocppVersion && <Restart station={station} />}
    >
      <Head station={station} />
      <div className="c-tabs">
        <Tabs value={tab} onChange={(next) => void navigate({ search: { tab: next ?? 'evses' }, replace: true })} keepMounted={false}>
          <Tabs.List aria-label={t('station.tabs')}>
            {TABS.map(([name]) => (
              <Tabs.Tab key={name} value={name}>
                {t(`station.tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {TABS.map(([name, Tab]) => (
            <Tabs.Panel key={name} value={name} pt="md">
              <Tab station={station} />
            </Tabs.Panel>
          ))}
        </Tabs>
      </div>
    </Page>
  )
}
