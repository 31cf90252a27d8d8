import type { CruisedModule, StructureViolation } from './cruise.ts'

/** What a room's package.json says: its folder and the names that it may import. */
export interface RoomManifest {
  readonly folder: string
  readonly name: string
  readonly dependencies: ReadonlySet<string>
}

const packageOf = (specifier: string): string => specifier.split('/').slice(0, 2).join('/')

/** Imports of another room that the importing room's package.json does not name. */
export const undeclaredRooms = (modules: readonly CruisedModule[], rooms: readonly RoomManifest[]): readonly StructureViolation[] => {
  const names = new Set(rooms.map(({ name }) => name))
  return modules.flatMap(({ source, dependencies }) => {
    const room = rooms.find(({ folder }) => source.startsWith(`${folder}/`))
    if (room === undefined || source.includes('.test.')) return []
    return dependencies
      .filter(({ module }) => names.has(packageOf(module)) && packageOf(module) !== room.name && !room.dependencies.has(packageOf(module)))
      .map(({ module }) => ({
        rule: 'declared-only',
        comment: `name ${packageOf(module)} in ${room.folder}/package.json`,
        from: source,
        to: module,
      }))
  })
}
