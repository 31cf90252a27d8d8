import { createRoot } from 'react-dom/client'
import './styles.ts'

// Browsers that have Temporal load nothing for it.
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
const { App } = await import('./app.tsx')

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const register = () => void navigator.serviceWorker.register('/service-worker.js', { scope: '/' })
  // The page first: the worker fetches the rest of the app.
  if (document.readyState === 'complete') register()
  else addEventListener('load', register)
}
