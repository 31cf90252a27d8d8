import { AppShellProviders } from '@voltway/ui'
import { createRoot } from 'react-dom/client'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@voltway/ui/tokens.css'
import '@voltway/ui/table.css'
import './simulator.css'
import './dialogue.css'

// Browsers that have Temporal load nothing for it.
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
const { App } = await import('./app.tsx')

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <AppShellProviders>
      <App />
    </AppShellProviders>,
  )
