// `npm run exi:compile -- FOLDER`: compiles the schemas of ISO 15118, which are not part of this project, to grammar modules, which are.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileSet, libraryOf } from './compile.ts'
import { SETS, SHARED } from './sets.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error(
    'npm run exi:compile -- FOLDER\n  FOLDER has app_protocol, din70121, iso15118-2 and iso15118-20 in it, with the schemas as published.',
  )
  process.exit(2)
}
const library = libraryOf(join(folder, SHARED.entry), SHARED.folder)
for (const set of SETS) {
  const target = join(import.meta.dirname, '..', '..', 'packages', 'wire', 'src', 'iso15118', set.folder, 'generated')
  const modules = compileSet(join(folder, set.entry), set === SHARED ? undefined : library)
  mkdirSync(target, { recursive: true })
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(target, name), text)
  console.log(`${set.folder}: ${Math.round(Object.values(modules).join('').length / 1024)} kB`)
}
