import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, type EpochMs, epochMs, seeded } from '@voltway/units'
import type { CertificateProfile } from '../certificates/extensions.ts'
import { issueCertificate, type Signer } from '../certificates/issue-certificate.ts'
import { makeKeyPair } from '../keys/make-key-pair.ts'
import { issueTestLeaf } from '../test-pki/issue-test-leaf.ts'
import { makeIso20TestPki, makeTestPki } from '../test-pki/make-test-pki.ts'
import type { Issued } from '../test-pki/test-pki.ts'
import { readIssued } from '../testing/read-issued.ts'
import { seededBytes } from '../testing/seeded-bytes.ts'
import type { ChainPurpose } from './purpose.ts'
import { type ChainRequest, verifyChain } from './verify-chain.ts'

const NOW = epochMs(Date.UTC(2026, 10, 27))
const random = seededBytes(1)
const options = { now: NOW, random }
const iso2 = makeTestPki(options)
const iso20 = makeIso20TestPki(options)
const ed448 = makeIso20TestPki(options, 'Ed448')
const stranger = makeTestPki({ ...options, random: seededBytes(2) })

const requestOf = ({ der, intermediates, root }: Issued, purpose: ChainPurpose, generation: 'iso2' | 'iso20' = 'iso2'): ChainRequest => ({
  leaf: der,
  intermediates,
  roots: [root],
  purpose,
  generation,
  now: NOW,
})
const contract = requestOf(iso2.contract, 'contract')
const codeOf = (request: ChainRequest): string => {
  const verified = verifyChain(request)
  return verified.ok ? 'believed' : `${verified.failure.code} of ${verified.failure.certificate} at ${verified.failure.depth}`
}

for (const [generation, pki] of [
  ['iso2', iso2],
  ['iso20', iso20],
  ['iso20', ed448],
] as const)
  test(`every leaf of a test PKI of ${generation} on ${pki.curve} is believed for its purpose and for no other`, () => {
    const leaves: readonly (readonly [Issued, ChainPurpose])[] = [
      [pki.secc, 'secc'],
      [pki.contract, 'contract'],
      [pki.oemProvisioning, 'oem-provisioning'],
      [pki.cps, 'cps'],
    ]
    const roots = [pki.roots.v2g.der, pki.roots.mo.der, pki.roots.oem.der]
    for (const [leaf, own] of leaves)
      for (const [, purpose] of leaves)
        assert.equal(
          codeOf({ ...requestOf(leaf, purpose, generation), roots }).startsWith('believed'),
          purpose === own,
          `${own} as ${purpose}`,
        )
  })

test("a car's certificate is believed in the second generation", () => {
  assert.equal(codeOf(requestOf(iso20.vehicle, 'vehicle', 'iso20')), 'believed')
  assert.equal(codeOf({ ...requestOf(iso20.vehicle, 'vehicle', 'iso20'), commonName: 'another' }).split(' ')[0], 'name-mismatch')
})

test('the way is told from the leaf to the root, and that revocation was not looked at', () => {
  const verified = verifyChain(contract)
  assert.ok(verified.ok)
  assert.deepEqual(
    verified.value.path.map(({ subject }) => subject.commonName),
    ['DEVTWC12345678', 'MO Sub-CA 2', 'MO Sub-CA 1', 'MO Root CA'],
  )
  assert.deepEqual(verified.value.revocationUnknown, ['DEVTWC12345678', 'MO Sub-CA 2', 'MO Sub-CA 1'])
})

test('authorities may come in any order, with the root and with others that do not belong, or be unreadable', () => {
  const others = [
    ...stranger.contract.intermediates,
    iso2.roots.mo.der,
    iso2.branches.cpo.subCa1.der,
    Uint8Array.of(0x30, 0),
    new Uint8Array(3),
  ]
  const [subCa2, subCa1] = contract.intermediates
  assert.equal(
    codeOf({ ...contract, intermediates: [subCa1!, ...others, subCa2!], roots: [...contract.roots, stranger.roots.mo.der] }),
    'believed',
  )
})

/** A certificate as the test PKI would issue it, but for what is said. */
const crooked = (
  issuer: Issued,
  wrong: { readonly profile?: Partial<CertificateProfile>; readonly subject?: object; readonly notAfter?: EpochMs; readonly key?: 'P-521' },
): { readonly der: Uint8Array; readonly signer: Signer } => {
  const keys = makeKeyPair(wrong.key ?? 'P-256', random)
  const subject = { commonName: 'DEVTWC12345678', domainComponent: 'MO', ...wrong.subject }
  const profile = { keyUsage: ['digitalSignature'], ...wrong.profile } as const
  const times = { notBefore: epochMs(NOW - DAY), notAfter: wrong.notAfter ?? epochMs(NOW + DAY) }
  const der = issueCertificate({ subject, publicKey: keys.publicKey, profile, ...times, signer: issuer, random })
  return { der, signer: { subject, ...keys } }
}
const { subCa1, subCa2 } = iso2.branches.mo
const leafOf = (wrong: Parameters<typeof crooked>[1]): ChainRequest => ({ ...contract, leaf: crooked(subCa2, wrong).der })
/** The usual leaf below an authority that is not as it should be. */
const below = (wrong: Parameters<typeof crooked>[1], issuer: Issued = subCa1): ChainRequest => {
  const authority = crooked(issuer, { subject: { commonName: 'Crooked CA' }, ...wrong })
  const leaf = crooked({ ...subCa2, ...authority.signer }, {})
  return { ...contract, leaf: leaf.der, intermediates: [authority.der, ...contract.intermediates] }
}
const SIGNS = { keyUsage: ['keyCertSign'], authority: {} } as const
const expiredLeaf = issueTestLeaf(iso2, options, { leaf: 'contract', commonName: 'DEVTWC12345678', lifetime: (-DAY / 48) as never })
const tampered = (der: Uint8Array): Uint8Array => der.with(der.length - 1, der.at(-1)! ^ 1)
const REVOKED = {
  statusOf: ({ subject }: { subject: { commonName: string } }) => (subject.commonName === 'MO Sub-CA 1' ? 'revoked' : 'good'),
} as const
const UNKNOWN = { statusOf: () => 'unknown' as const }

const REFUSALS: readonly (readonly [what: string, request: ChainRequest, code: string])[] = [
  ['bytes that are no certificate', { ...contract, leaf: new Uint8Array(40) }, 'malformed of  at 0'],
  ['a certificate with something behind it', { ...contract, leaf: Uint8Array.of(...contract.leaf, 0) }, 'malformed of  at 0'],
  ['nine authorities', { ...contract, intermediates: Array(9).fill(subCa1.der) }, 'too-many-certificates of DEVTWC12345678 at 0'],
  ['no authority', { ...contract, intermediates: [] }, 'unknown-root of DEVTWC12345678 at 0'],
  ['the upper authority missing', { ...contract, intermediates: [subCa2.der] }, 'unknown-root of MO Sub-CA 2 at 1'],
  ['the root of another branch', { ...contract, roots: [iso2.roots.v2g.der] }, 'unknown-root of MO Sub-CA 1 at 2'],
  ['a root of the same name', { ...contract, roots: [stranger.roots.mo.der] }, 'unknown-root of MO Sub-CA 1 at 2'],
  ['no root at all', { ...contract, roots: [] }, 'unknown-root of MO Sub-CA 1 at 2'],
  ['a changed leaf', { ...contract, leaf: tampered(contract.leaf) }, 'broken-signature of DEVTWC12345678 at 0'],
  ['a changed authority', { ...contract, intermediates: [tampered(subCa2.der), subCa1.der] }, 'broken-signature of MO Sub-CA 2 at 1'],
  ['a leaf whose time is over', { ...contract, leaf: expiredLeaf.der }, 'expired of DEVTWC12345678 at 0'],
  [
    'authorities whose time is over',
    { ...contract, leaf: crooked(subCa2, { notAfter: epochMs(NOW + 4000 * DAY) }).der, now: epochMs(NOW + 2000 * DAY) },
    'expired of MO Sub-CA 2 at 1',
  ],
  ['a time before all of it', { ...contract, now: epochMs(NOW - DAY) }, 'not-yet-valid of DEVTWC12345678 at 0'],
  ['an authority as leaf', { ...contract, leaf: subCa2.der, intermediates: [subCa1.der] }, 'authority-as-leaf of MO Sub-CA 2 at 0'],
  ['a leaf that issues a leaf', below({}), 'not-an-authority of Crooked CA at 1'],
  [
    'an authority whose key may not sign',
    below({ profile: { keyUsage: ['digitalSignature'], authority: {} } }),
    'key-usage of Crooked CA at 1',
  ],
  ['an authority where a path ends', below({ profile: SIGNS }, subCa2), 'path-too-long of DEVTWC12345678 at 0'],
  ['a leaf that may not sign', leafOf({ profile: { keyUsage: ['keyAgreement'] } }), 'key-usage of DEVTWC12345678 at 0'],
  ['a key of the other generation', leafOf({ key: 'P-521' }), 'curve of DEVTWC12345678 at 0'],
  ['a chain of the other generation', { ...contract, generation: 'iso20' }, 'curve of DEVTWC12345678 at 0'],
  ['a name that is no eMAID', leafOf({ subject: { commonName: 'DE-VTW' } }), 'not-an-emaid of DE-VTW at 0'],
  ['another contract than expected', { ...contract, commonName: 'DE-VTW-C00000000' }, 'name-mismatch of DEVTWC12345678 at 0'],
  ['a leaf of another branch', leafOf({ subject: { domainComponent: 'OEM' } }), 'wrong-branch of DEVTWC12345678 at 0'],
  ['a revoked authority', { ...contract, revocation: { ...REVOKED, whenUnknown: 'accept' } }, 'revoked of MO Sub-CA 1 at 2'],
  [
    'revocation that must be known',
    { ...contract, revocation: { ...UNKNOWN, whenUnknown: 'refuse' } },
    'revocation-unknown of DEVTWC12345678 at 0',
  ],
]

for (const [what, request, code] of REFUSALS)
  test(`${what} is refused: ${code}`, () => {
    assert.equal(codeOf(request), code)
  })

test('a path length that an authority sets is kept even where the chain is short enough', () => {
  const authority = crooked(iso2.roots.mo, { subject: { commonName: 'Low CA' }, profile: { ...SIGNS, authority: { pathLength: 0 } } })
  const lower = crooked({ ...subCa1, ...authority.signer }, { subject: { commonName: 'Lower CA' }, profile: SIGNS })
  const leaf = crooked({ ...subCa2, ...lower.signer }, {})
  const request = { ...contract, leaf: leaf.der, intermediates: [lower.der, authority.der] }
  assert.equal(codeOf(request), 'path-too-long of Low CA at 2')
})

test('a station and a provisioning service below one root cannot pass for each other, nor one that does not say what it is', () => {
  const request = requestOf(iso2.secc, 'cps')
  assert.equal(codeOf(request), 'wrong-branch of DEVTWS00000001 at 0')
  const unnamed = crooked(iso2.branches.cpo.subCa2, { subject: { domainComponent: undefined } })
  assert.equal(codeOf({ ...requestOf(iso2.secc, 'secc'), leaf: unnamed.der }), 'wrong-branch of DEVTWC12345678 at 0')
})

test('an eMAID matches with and without hyphens and check digit', () => {
  for (const commonName of ['DE-VTW-C12345678', 'devtwc12345678', 'DE-VTW-C12345678-X', 'DEVTWC123456785'])
    assert.equal(codeOf({ ...contract, commonName }), 'believed', commonName)
})

test('roots that were read before are as good as their DER', () => {
  assert.equal(codeOf({ ...contract, roots: [readIssued(stranger.roots.mo), readIssued(iso2.roots.mo)] }), 'believed')
})

test('what is not revoked is believed, and what cannot be asked about is named', () => {
  const verified = verifyChain({ ...contract, revocation: { ...UNKNOWN, whenUnknown: 'accept' } })
  assert.equal(verified.ok && verified.value.revocationUnknown.length, 3)
  const good = verifyChain({ ...contract, revocation: { statusOf: () => 'good', whenUnknown: 'refuse' } })
  assert.deepEqual(good.ok && good.value.revocationUnknown, [])
})

test('a chain is refused when any byte of the leaf or of an authority is another one', () => {
  const chance = seeded(7)
  const codes = new Map<string, number>()
  for (const [place, der] of [contract.leaf, ...contract.intermediates].entries())
    for (let index = 0; index < der.length; index += 1 + Math.floor(chance() * 16)) {
      const changed = der.with(index, der[index]! ^ (1 + Math.floor(chance() * 255)))
      const request =
        place === 0 ? { ...contract, leaf: changed } : { ...contract, intermediates: contract.intermediates.with(place - 1, changed) }
      const code = codeOf(request).split(' ')[0]!
      assert.notEqual(code, 'believed', `byte ${index} of certificate ${place}`)
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
  for (const code of ['malformed', 'broken-signature', 'unknown-root']) assert.ok((codes.get(code) ?? 0) > 5, `${code}: ${codes.get(code)}`)
})

/** One thing that is wrong with a request, whatever leaf it is for. */
const MUTATIONS: readonly ((request: ChainRequest, chance: () => number) => ChainRequest)[] = [
  (request, chance) => ({ ...request, intermediates: request.intermediates.toSpliced(Math.floor(chance() * 2), 1) }),
  (request, chance) => ({
    ...request,
    intermediates: request.intermediates.with(Math.floor(chance() * 2), stranger.secc.intermediates[1]!),
  }),
  (request) => ({ ...request, roots: Object.values(stranger.roots).map(({ der }) => der) }),
  (request, chance) => ({ ...request, now: epochMs(NOW - DAY * (1 + chance() * 1_000)) }),
  (request, chance) => ({ ...request, now: epochMs(NOW + DAY * (30 * 366 + chance() * 1_000)) }),
  (request) => ({ ...request, generation: request.generation === 'iso2' ? 'iso20' : 'iso2' }),
  (request) => ({ ...request, purpose: request.purpose === 'cps' ? 'contract' : 'cps' }),
  (request, chance) => ({ ...request, commonName: `DE-VTW-C${Math.floor(chance() * 1e8)}` }),
  (request) => ({ ...request, leaf: request.intermediates[0]!, intermediates: request.intermediates.slice(1) }),
  (request, chance) => {
    const depth = Math.floor(chance() * 3)
    let asked = 0
    const statusOf = () => (asked++ === depth ? 'revoked' : 'good')
    return { ...request, revocation: { statusOf, whenUnknown: 'accept' } }
  },
]

test('a chain with one thing wrong is refused, whatever leaf it is for', () => {
  const chance = seeded(11)
  const LEAVES = [
    requestOf(iso2.secc, 'secc'),
    requestOf(iso2.oemProvisioning, 'oem-provisioning'),
    requestOf(iso2.cps, 'cps'),
    requestOf(iso20.contract, 'contract', 'iso20'),
    requestOf(iso20.vehicle, 'vehicle', 'iso20'),
    requestOf(ed448.contract, 'contract', 'iso20'),
  ]
  for (const [index, mutate] of MUTATIONS.entries())
    for (const request of LEAVES) assert.notEqual(codeOf(mutate(request, chance)), 'believed', `${index} of ${request.purpose}`)
})
