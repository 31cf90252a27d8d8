import { join } from 'node:path'

/** Where the built web apps of a clone lie; `npm run build` writes them. */
export const webRoots = (root: string): { readonly driver: string; readonly console: string; readonly simulator: string } => {
  const dist = (app: string): string => join(root, 'packages', 'web', app, 'dist')
  return { driver: dist('driver'), console: dist('console'), simulator: dist('simulator') }
}
