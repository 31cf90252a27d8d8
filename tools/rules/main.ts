// `npm run rules`: the structure of the house, and what can be seen in its words.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { cruise } from './cruise.ts'
import { ROOMS } from './rooms.cjs'
import { isModule, sourceFiles } from './source-files.ts'
import { checkSource } from './source-rules.ts'
import { type RoomManifest, undeclaredRooms } from './undeclared-rooms.ts'
import { unreadModules } from './unread-modules.ts'
import { unsealedPackages } from './unsealed-packages.ts'

const root = process.cwd()
const problems: string[] = []

const readManifest = (path: string): RoomManifest => {
  const { name, dependencies = {} }: { name: string; dependencies?: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(path, 'utf8'),
  )
  return { folder: dirname(path), name, dependencies: new Set(Object.keys(dependencies)) }
}
const rooms = globSync(['packages/*/package.json', 'packages/web/*/package.json'], { cwd: root }).sort().map(readManifest)
for (const { folder } of rooms) {
  if (!Object.hasOwn(ROOMS, folder.replace('packages/', '')))
    problems.push(`${folder}: every-room-has-a-rule: give it its line in tools/rules/rooms.cjs`)
}

for (const path of unsealedPackages(JSON.parse(readFileSync('package-lock.json', 'utf8')))) {
  problems.push(`package-lock.json: packages-are-sealed: ${path} has no integrity hash: remove its entry and run npm install`)
}

const files = sourceFiles(root).map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const { modules, violations } = await cruise(root)
for (const { rule, comment, from, to } of [...violations, ...undeclaredRooms(modules, rooms)]) {
  problems.push(`${from}: ${rule}: imports ${to}: ${comment}`)
}
for (const path of unreadModules(
  files.filter(({ path }) => isModule(path) && existsSync(path)),
  modules,
)) {
  problems.push(`${path}: the structure check did not read this file`)
}
for (const { file, line, rule, instead } of files.flatMap(checkSource)) problems.push(`${file}:${line}: ${rule}: ${instead}`)

for (const problem of problems.sort()) console.log(`  ✘ ${problem}`)
console.log(`${problems.length === 0 ? '✔' : '✘'} ${files.length} files, ${modules.length} modules read, ${problems.length} rules broken`)
process.exitCode = problems.length === 0 ? 0 : 1
