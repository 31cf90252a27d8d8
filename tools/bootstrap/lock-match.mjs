/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, resolved?: string }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 */

/** @param {LockedPackage} wanted @param {LockedPackage | undefined} found */
const same = (wanted, found) => {
  if (found === undefined) return wanted.optional === true
  if (wanted.link === true) return found.link === true
  return wanted.version === found.version && wanted.integrity === found.integrity
}

/**
 * Whether what npm says it installed (`node_modules/.package-lock.json`) is what the lock asks for.
 * Optional packages may be absent: npm leaves out those of other platforms.
 * @param {Lock} lock
 * @param {Lock} installed
 */
export const lockMatches = (lock, installed) => {
  const wanted = Object.entries(lock.packages ?? {}).filter(([path]) => path.includes('node_modules/'))
  const found = installed.packages ?? {}
  return wanted.length > 0 && wanted.every(([path, entry]) => same(entry, found[path]))
}
