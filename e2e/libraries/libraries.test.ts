import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { buildLibraries, LIBRARIES } from '../../tools/libraries/build-libraries.ts'

// What a stranger does with the libraries: installs them, copies the program of their README and runs it.
const root = join(import.meta.dirname, '..', '..')
let project = ''

/** What npm would fetch: it lies in the clone already. */
const linkOthers = async () => {
  for (const { name } of LIBRARIES) {
    const { dependencies } = JSON.parse(await readFile(join(project, 'node_modules', '@voltway', name, 'package.json'), 'utf8'))
    for (const other of Object.keys(dependencies)) {
      const path = join(project, 'node_modules', other)
      await mkdir(dirname(path), { recursive: true })
      if (!existsSync(path)) await symlink(join(root, 'node_modules', other), path)
    }
  }
}

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'voltway-libraries-'))
  const built = join(project, 'built')
  await buildLibraries(root, built)
  for (const { name } of LIBRARIES) await cp(join(built, name), join(project, 'node_modules', '@voltway', name), { recursive: true })
  await linkOthers()
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module' }))
  const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true }
  const types = { types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] }
  const compilerOptions = { ...strict, ...types, target: 'esnext', module: 'nodenext' }
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
})
after(() => rm(project, { recursive: true, force: true }))

/** The block of a README that begins with the name of its file. */
const programIn = async (library: string, name: string): Promise<string> => {
  const readme = await readFile(join(root, 'packages', library, 'README.md'), 'utf8')
  const [, ...blocks] = readme.split('```ts\n')
  const found = blocks.map((block) => block.split('\n```')[0] ?? '').find((block) => block.startsWith(`// ${name}\n`))
  assert.ok(found, `${library} has no program ${name}`)
  return found
}

const PROGRAMS: readonly [library: string, name: string, prints: RegExp][] = [
  ['wire', 'read-a-message.ts', /^01fe8001[0-9a-f]+\n020000000001\n<.*<\w+:EVCCID>020000000001<\//],
  ['pki', 'make-a-test-pki.ts', /^[A-Z0-9-]{14,18}\ntrue\n$/],
  ['vehicle', 'a-station-and-a-car.ts', /PaymentDetailsRes OK[\s\S]*CurrentDemandRes OK[\s\S]*SessionStopRes OK\nfinished\n$/],
]
for (const [library, name, prints] of PROGRAMS)
  test(`the program ${name} of ${library}'s README runs on the installed package as it stands there`, async () => {
    await writeFile(join(project, name), await programIn(library, name))
    const { status, stdout, stderr } = spawnSync(process.execPath, [name], { cwd: project, encoding: 'utf8', timeout: 60_000 })
    assert.equal(status, 0, stderr)
    assert.match(stdout, prints)
  })

test('the programs and the declarations of the packages are of one mind, as strict as can be', () => {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8', timeout: 120_000 })
  assert.equal(status, 0, stdout)
})

test('a package has no tests in it, and depends on what it imports', async () => {
  for (const { name } of LIBRARIES) {
    const manifest = JSON.parse(await readFile(join(project, 'node_modules', '@voltway', name, 'package.json'), 'utf8'))
    assert.equal(manifest.private, undefined)
    assert.ok(Object.values(manifest.exports).length > 0)
    const files = spawnSync('find', [join(project, 'node_modules', '@voltway', name), '-name', '*.test.*', '-o', '-path', '*/ocpp/*'], {
      encoding: 'utf8',
    })
    assert.equal(files.stdout, '')
  }
  const pki = JSON.parse(await readFile(join(project, 'node_modules', '@voltway', 'pki', 'package.json'), 'utf8'))
  assert.deepEqual(
    Object.keys(pki.dependencies).filter((name) => name.startsWith('@voltway/')),
    ['@voltway/units'],
  )
})
