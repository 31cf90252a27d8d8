import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const manifest = {
  id: '/',
  name: 'Voltway',
  short_name: 'Voltway',
  description: 'Find a charger, plan by price, reserve, charge and get your receipt.',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#f6f7f9',
  theme_color: '#092f97',
  icons: [
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
} as const

/** Where the platform runs while the app is developed. */
const SERVER = 'http://127.0.0.1:8080'

export default defineConfig({
  base: '/',
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: { ...manifest, icons: [...manifest.icons] },
      injectManifest: {
        // The map is large and fetched when it is first opened; the worker keeps it from then on.
        globPatterns: ['index.html', 'icon.svg', 'assets/*.{js,css}'],
        globIgnores: ['**/*maplibre*', '**/land-50m*', '**/jsQR*', '**/topojson*'],
        maximumFileSizeToCacheInBytes: 600_000,
      },
    }),
  ],
  build: { target: 'es2024', chunkSizeWarningLimit: 1500 },
  server: { port: 18_700, proxy: { '/api': SERVER, '/q': SERVER } },
})
