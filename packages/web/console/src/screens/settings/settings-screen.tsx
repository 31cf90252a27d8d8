import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { Page } from '../../components/page.tsx'
import { t } from '../../text.ts'
import { useScopes } from '../../use-scopes.ts'
import { AlarmsTab } from './alarms-tab.tsx'
import { ApiKeysTab } from './api-keys-tab.tsx'

const route = getRouteApi('/shell/settings')

/** Alarms and the keys of programs. */
export const SettingsScreen = () => {
  const { tab = 'alarms' } = route.useSearch()
  const navigate = route.useNavigate()
  const may = useScopes()
  return (
    <Page title={t('settings.title')}>
      <div>
        <Tabs value={tab} onChange={(next) => void navigate({ search: { tab: next ?? 'alarms' }, replace: true })} keepMounted={false}>
          <Tabs.List aria-label={t('settings.tabs')} mb="md">
            <Tabs.Tab value="alarms">{t('settings.alarms')}</Tabs.Tab>
            {may('admin') && <Tabs.Tab value="api-keys">{t('settings.apiKeys')}</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="alarms">
            <AlarmsTab />
          </Tabs.Panel>
          {may('admin') && (
            <Tabs.Panel value="api-keys">
              <ApiKeysTab />
            </Tabs.Panel>
          )}
        </Tabs>
      </div>
    </Page>
  )
}
