import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { cssVariables, theme } from '@voltway/ui'
import { router } from './routes.tsx'

const isRefusal = (error: Error) => 'status' in error && Number(error.status) < 500

// Queries run without a network too: the service worker then answers with what was last known.
const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, networkMode: 'always', retry: (count, error) => count < 1 && !isRefusal(error) },
    mutations: { networkMode: 'always' },
  },
})

export const App = () => (
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>
)
