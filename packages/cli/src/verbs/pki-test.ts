import { randomBytes } from 'node:crypto'
import { makeIso20TestPki, makeTestPki, type TestPki, type TestPkiFile, type TestPkiOptions, testPkiFiles } from '@voltway/pki'
import { now } from '../clock.ts'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { writeTestPki } from '../pki/write-test-pki.ts'
import type { CommandContext, Verb } from '../verb.ts'

/** Each option is the name of a subject, or the URL. */
const NAMES = {
  'secc-id': 'seccId',
  emaid: 'emaid',
  pcid: 'pcid',
  'evcc-id': 'evccId',
  organization: 'organization',
  'ocsp-url': 'ocspUrl',
} as const satisfies Readonly<Record<string, keyof TestPkiOptions>>

const optionsOf = (values: CommandContext['values']): TestPkiOptions => {
  const given = Object.entries(NAMES).flatMap(([option, field]) => (typeof values[option] === 'string' ? [[field, values[option]]] : []))
  return { now: now(), random: randomBytes, ...Object.fromEntries(given) }
}

const under = (folder: string, pki: TestPki): readonly TestPkiFile[] =>
  testPkiFiles(pki).map((file) => ({ ...file, path: `${folder}/${file.path}` }))

export const pkiTest: Verb = {
  noun: 'pki',
  verb: 'test',
  summary: 'make the roots, authorities, certificates and keys of ISO 15118 for tests and bench work, as PEM files',
  options: {
    out: { type: 'string', value: 'folder', summary: 'where to write; nothing that exists is written over' },
    'secc-id': { type: 'string', value: 'id', summary: "common name of the station's certificate" },
    emaid: { type: 'string', value: 'id', summary: 'common name of the contract certificate' },
    pcid: { type: 'string', value: 'id', summary: 'common name of the OEM provisioning certificate' },
    'evcc-id': { type: 'string', value: 'id', summary: "common name of the car's TLS certificate (ISO 15118-20)" },
    organization: { type: 'string', value: 'name', summary: 'organization in all of them' },
    'ocsp-url': { type: 'string', value: 'url', summary: 'where an OCSP responder of this PKI answers' },
  },
  examples: ['voltway pki test --out pki', 'voltway pki test --out pki --emaid DE-ABC-C12345678 --ocsp-url http://127.0.0.1:8888/'],
  run: async ({ values, out, note }) => {
    if (typeof values.out !== 'string' || values.out === '')
      throw new CommandFailure('--out is missing.', 'name a folder to write to.', EXIT.usage)
    const options = optionsOf(values)
    const files = [
      ...under('iso15118-2', makeTestPki(options)),
      ...under('iso15118-20', makeIso20TestPki(options)),
      ...under('iso15118-20-ed448', makeIso20TestPki(options, 'Ed448')),
    ]
    await writeTestPki(values.out, files)
    if (values.json === true) out(JSON.stringify({ folder: values.out, files: files.map(({ path }) => path) }))
    else out(`${files.length} files in ${values.out}: iso15118-2, iso15118-20 and iso15118-20-ed448.`)
    note('These keys are for tests: whoever trusts these roots trusts everybody who can read the folder.')
    return EXIT.done
  },
}
