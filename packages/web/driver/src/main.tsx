import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './styles.ts'

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => void navigator.serviceWorker.register('/service-worker.js', { scope: '/' }))
}
