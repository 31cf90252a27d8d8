import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { cssVariables, theme } from './theme.ts'

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (count, error) => count < 2 && !('status' in error && Number(error.status) < 500) },
  },
})

/** Theme, notifications and the query cache that every Voltway app stands in. */
export const AppShellProviders = ({ children }: { readonly children: ReactNode }) => (
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <Notifications position="top-center" limit={3} />
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  </MantineProvider>
)
