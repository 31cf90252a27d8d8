interface Lock {
  readonly packages: Readonly<Record<string, { readonly link?: boolean; readonly integrity?: string }>>
}

/** Packages that the lock names without a hash of their contents: whatever a registry sends would be accepted. */
export const unsealedPackages = (lock: Lock): readonly string[] =>
  Object.entries(lock.packages)
    .filter(([path, { link, integrity }]) => path.includes('node_modules/') && link !== true && integrity === undefined)
    .map(([path]) => path)
