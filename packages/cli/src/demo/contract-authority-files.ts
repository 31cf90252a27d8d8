import { type Iso20TestPki, issueTestLeaf, pemOf, type TestPki, type TestPkiFile, type TestPkiOptions, testPkiFiles } from '@voltway/pki'

/** What the platform issues contracts with: the operator's lower authority, what stands above it, and the provisioning service. */
const NEEDED: ReadonlySet<string> = new Set(['mo-sub-ca-2.pem', 'mo-sub-ca-2.key', 'mo-sub-ca-1.pem', 'cps.chain.pem', 'cps.key'])

/** OCPP 2.0.1 has no room for six certificates on P-521: the provisioning service of -20 stands below the upper authority (record 27). */
const withShortCps = (pki: Iso20TestPki, issuing: TestPkiOptions): Iso20TestPki => {
  const { cps } = pki.branches
  const nearRoot = { ...pki, branches: { ...pki.branches, cps: { ...cps, subCa2: cps.subCa1 } } }
  return { ...pki, cps: issueTestLeaf(nearRoot, issuing, { leaf: 'cps', commonName: 'Certificate provisioning service' }) }
}

const chainOf = ({ cps: { der, intermediates } }: TestPki): TestPkiFile => ({
  path: 'cps.chain.pem',
  content: [der, ...intermediates].map(pemOf).join(''),
  secret: false,
})

const neededOf = (pki: TestPki): readonly TestPkiFile[] => [
  ...testPkiFiles(pki).filter(({ path }) => NEEDED.has(path) && path !== 'cps.chain.pem'),
  chainOf(pki),
]

/** The folder that `VOLTWAY_CONTRACTS_DIRECTORY` names, for both generations of ISO 15118; the keys in it are of a test PKI. */
export const contractAuthorityFiles = (
  { iso2, iso20 }: { readonly iso2: TestPki; readonly iso20: Iso20TestPki },
  issuing: TestPkiOptions,
): readonly TestPkiFile[] => [
  ...neededOf(iso2),
  ...neededOf(withShortCps(iso20, issuing)).map((file) => ({ ...file, path: `iso20/${file.path}` })),
]
