// `npm run exi:compile -- FOLDER`: compiles the schemas of ISO 15118, which are not part of this project, to grammar modules, which are.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileSet } from './compile.ts'
import { SETS } from './sets.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error(
    'npm run exi:compile -- FOLDER\n  FOLDER has app_protocol, din70121, iso15118-2 and iso15118-20 in it, with the schemas as published.',
  )
  process.exit(2)
}
for (const set of SETS) {
  const target = join(import.meta.dirname, '..', '..', 'packages', 'wire', 'src', 'iso15118', set.folder, 'generated')
  const { grammar, types, writers } = compileSet(join(folder, set.entry))
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'grammar.ts'), grammar)
  writeFileSync(join(target, 'types.ts'), types)
  writeFileSync(join(target, 'writers.ts'), writers)
  console.log(`${set.folder}: ${Math.round((grammar.length + types.length + writers.length) / 1024)} kB`)
}
