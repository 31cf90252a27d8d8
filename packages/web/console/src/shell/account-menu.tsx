import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '@voltway/ui'
import type { Me } from '../api-types.ts'
import { t } from '../text.ts'

const SCHEMES = [
  ['light', 'shell.light', IconSun],
  ['dark', 'shell.dark', IconMoon],
  ['auto', 'shell.auto', IconDeviceDesktop],
] as const

export const AccountMenu = ({ me }: { readonly me: Me }) => {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const queries = useQueryClient()
  const signOut = async () => {
    await api('POST', '/api/auth/sign-out', {}).catch(() => undefined)
    queries.clear()
    location.assign('/console/')
  }
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className="c-account" aria-label={t('shell.account', { name: me.user.name })}>
          <IconUserCircle size={22} stroke={1.5} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.user.name}
          <br />
          {me.user.email}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('shell.scheme')}</Menu.Label>
        {SCHEMES.map(([scheme, text, Icon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} aria-hidden />}
            onClick={() => setColorScheme(scheme)}
            rightSection={colorScheme === scheme ? '✓' : undefined}
          >
            {t(text)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
