import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What of a package is built for others. */
interface Library {
  readonly name: string
  /** Folders below `src` and entries of `exports` that stay at home. */
  readonly without: readonly string[]
}

/**
 * The rooms that stand alone. OCPP stays at home: its validators embed schemas that may not be handed on changed, and are generated on each machine.
 */
export const LIBRARIES: readonly Library[] = [
  { name: 'units', without: [] },
  { name: 'wire', without: ['ocpp', 'ocpi', 'oscp', 'openadr', 'smpp', 'pmip', 'ocmf'] },
  { name: 'pki', without: [] },
  { name: 'vehicle', without: [] },
]

interface Manifest {
  readonly exports: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

const compile = (root: string, project: string): void => {
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the libraries do not compile:\n${stdout}`)
}

const settingsFor = (root: string, out: string) => ({
  extends: join(root, 'tsconfig.base.json'),
  compilerOptions: {
    noEmit: false,
    noEmitOnError: true,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: join(root, 'packages'),
    outDir: out,
    typeRoots: [join(root, 'node_modules', '@types')],
  },
  include: LIBRARIES.map(({ name }) => join(root, 'packages', name, 'src')),
  exclude: [
    join(root, 'packages', '**', '*.test.ts'),
    join(root, 'packages', '**', 'testing', '**'),
    ...LIBRARIES.flatMap(({ name, without }) => without.map((folder) => join(root, 'packages', name, 'src', folder))),
  ],
})

const built = (path: string) => ({ types: path.replace(/\.ts$/, '.d.ts'), default: path.replace(/\.ts$/, '.js') })

const isKept = (entry: string, { without }: Library) =>
  !without.some((folder) => entry === `./${folder}` || entry.startsWith(`./${folder}/`))

/** Every package that a compiled file names, without the file's own. */
const importedBy = async (folder: string): Promise<ReadonlySet<string>> => {
  const texts = await Promise.all(globSync(join(folder, 'src', '**', '*.{js,d.ts}')).map((path) => readFile(path, 'utf8')))
  return new Set(texts.flatMap((text) => [...text.matchAll(/from '((?:@[^/']+\/)?[^./'][^/']*)/g)].map((match) => match[1] ?? '')))
}

const manifestOf = async (root: string, out: string, library: Library) => {
  const {
    private: _,
    exports,
    dependencies,
    ...manifest
  }: Manifest = JSON.parse(await readFile(join(root, 'packages', library.name, 'package.json'), 'utf8'))
  const imported = await importedBy(join(out, library.name))
  return {
    ...manifest,
    engines: { node: '>=26' },
    exports: Object.fromEntries(
      Object.entries(exports)
        .filter(([entry]) => isKept(entry, library))
        .map(([entry, path]) => [entry, built(path)]),
    ),
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(([name]) => imported.has(name))),
  }
}

/** JavaScript and its declarations that are committed as they are. */
const copyGenerated = async (root: string, out: string, { name, without }: Library) => {
  const from = join(root, 'packages', name)
  for (const path of globSync('src/**/generated/*.{js,d.ts}', { cwd: from })) {
    if (without.some((folder) => path.startsWith(join('src', folder)))) continue
    await mkdir(dirname(join(out, name, path)), { recursive: true })
    await cp(join(from, path), join(out, name, path))
  }
}

/**
 * Builds the libraries as others can install them: JavaScript with declarations, README and licence, a folder each in `out`. Node runs no TypeScript
 * below `node_modules`.
 * @throws Error with the compiler's words where they do not compile
 */
export const buildLibraries = async (root: string, out: string): Promise<void> => {
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  const settings = await mkdtemp(`${out}-settings-`)
  try {
    await writeFile(join(settings, 'tsconfig.json'), JSON.stringify(settingsFor(root, out)))
    compile(root, join(settings, 'tsconfig.json'))
  } finally {
    await rm(settings, { recursive: true })
  }
  for (const library of LIBRARIES) {
    const folder = join(out, library.name)
    await copyGenerated(root, out, library)
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(await manifestOf(root, out, library), undefined, 2)}\n`)
    await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'))
    const readme = join(root, 'packages', library.name, 'README.md')
    await cp(readme, join(folder, 'README.md')).catch(() => {})
  }
}
