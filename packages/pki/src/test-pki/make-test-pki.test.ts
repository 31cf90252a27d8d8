import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { DAY, epochMs } from '@voltway/units'
import { curveOf } from '../keys/curve.ts'
import { seededBytes } from '../testing/seeded-bytes.ts'
import { issueTestLeaf } from './issue-test-leaf.ts'
import { makeIso20TestPki, makeTestPki } from './make-test-pki.ts'
import type { Issued } from './test-pki.ts'
import { testPkiFiles } from './test-pki-files.ts'

const NOW = epochMs(Date.UTC(2026, 10, 27))
const options = { now: NOW, ocspUrl: 'http://ocsp.test/' }
const iso2 = makeTestPki({ ...options, random: seededBytes(1) })
const iso20 = makeIso20TestPki({ ...options, random: seededBytes(2) })
const ed448 = makeIso20TestPki({ ...options, random: seededBytes(3) }, 'Ed448')

const leavesOf = ({ secc, contract, oemProvisioning, cps }: typeof iso2): readonly Issued[] => [secc, contract, oemProvisioning, cps]
const chainOf = ({ der, intermediates, root }: Issued) => [der, ...intermediates, root].map((one) => new X509Certificate(one))

for (const [name, pki, curve] of [
  ['ISO 15118-2', iso2, 'P-256'],
  ['ISO 15118-20', iso20, 'P-521'],
  ['ISO 15118-20 on Ed448', ed448, 'Ed448'],
] as const)
  test(`every leaf of ${name} leads through two authorities to a root that signed itself, all on ${curve}`, () => {
    const leaves = 'vehicle' in pki ? [...leavesOf(pki), pki.vehicle] : leavesOf(pki)
    assert.equal(leaves.length, curve === 'P-256' ? 4 : 5)
    for (const leaf of leaves) {
      const chain = chainOf(leaf)
      assert.equal(chain.length, 4)
      assert.ok(chain[0]!.checkPrivateKey(leaf.privateKey))
      chain.forEach((certificate, index) => {
        const issuer = chain[index + 1] ?? certificate
        assert.ok(certificate.checkIssued(issuer), certificate.subject)
        assert.ok(certificate.verify(issuer.publicKey), certificate.subject)
        assert.equal(certificate.ca, index > 0)
        assert.equal(curveOf(certificate.publicKey), curve)
        assert.ok(certificate.validFromDate.getTime() < NOW && certificate.validToDate.getTime() > NOW)
      })
    }
  })

test('no certificate of ISO 15118-2 is longer than the 800 bytes that its schema allows', () => {
  const ders = leavesOf(iso2).flatMap(({ der, intermediates, root }) => [der, ...intermediates, root])
  assert.ok(Math.max(...ders.map((der) => der.length)) <= 800)
})

test('a subject says whose certificate it is', () => {
  const subjects = [iso2.secc, iso2.contract, iso2.oemProvisioning, iso2.cps, iso2.roots.v2g].map(
    ({ der }) => new X509Certificate(der).subject,
  )
  const tail = 'O=Voltway Test\nC=DE\nDC='
  assert.deepEqual(subjects, [
    `CN=DEVTWS00000001\n${tail}CPO`,
    `CN=DEVTWC12345678\n${tail}MO`,
    `CN=VTWPC0000000000001\n${tail}OEM`,
    `CN=Certificate provisioning service\n${tail}CPS`,
    `CN=V2G Root CA\n${tail}V2G`,
  ])
})

test('where to ask for revocation stands in every certificate below a root', () => {
  const infos = [...chainOf(iso2.contract), ...chainOf(iso2.secc)].map(({ infoAccess }) => infoAccess)
  assert.equal(infos.filter((info) => info?.includes('OCSP - URI:http://ocsp.test/')).length, 6)
  assert.equal(infos.filter((info) => info === undefined).length, 2)
  const unasked = makeTestPki({ ...options, ocspUrl: null, random: seededBytes(1) })
  assert.ok([...chainOf(unasked.contract), ...chainOf(unasked.secc)].every(({ infoAccess }) => infoAccess === undefined))
})

test('the same bytes of chance make the same keys, others make others', () => {
  const keyOf = (seed: number) => makeTestPki({ ...options, random: seededBytes(seed) }).secc.privateKey
  assert.ok(keyOf(1).equals(iso2.secc.privateKey))
  assert.ok(!keyOf(4).equals(iso2.secc.privateKey))
})

test('a further contract has its own name and time', () => {
  const wanted = { leaf: 'contract', commonName: 'DE-VTW-C00000002', lifetime: DAY } as const
  const [leaf] = chainOf(issueTestLeaf(iso2, { ...options, random: seededBytes(5) }, wanted))
  assert.match(leaf!.subject, /^CN=DE-VTW-C00000002\n/)
  assert.equal(leaf!.validToDate.getTime(), NOW + DAY)
})

test('as files, each certificate has a key, each leaf a chain, and only keys are secret', () => {
  const files = testPkiFiles(iso20)
  assert.equal(files.length, 3 * 2 + 8 * 2 + 5 * 3)
  assert.equal(new Set(files.map(({ path }) => path)).size, files.length)
  assert.ok(files.every(({ secret, content }) => secret === content.includes('PRIVATE KEY')))
  const chain = files.find(({ path }) => path === 'vehicle.chain.pem')
  assert.equal(chain?.content.match(/BEGIN CERTIFICATE/g)?.length, 3)
})
