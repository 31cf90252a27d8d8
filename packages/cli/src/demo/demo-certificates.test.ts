import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dersOfPem, readCertificate, verifyChain } from '@voltway/pki'
import { DAY, epochMs } from '@voltway/units'
import { contractOf, signingKey, tariffVerifier } from '@voltway/vehicle'
import { now } from '../clock.ts'
import { drawCertificates } from './demo-certificates.ts'

const drawn = drawCertificates()
const { highLevel, cars, authority, makers, contract } = drawn
const PARTS = [{ id: 'id1', exi: Uint8Array.of(128, 1, 2, 3) }]
const ofGeneration = { iso2: cars.contract, iso20: cars.iso20?.contract }

for (const generation of ['iso2', 'iso20'] as const)
  test(`prices that the demo's stations sign are believed by its contract cars of ${generation}, and by no others`, () => {
    const key = highLevel.tariffKeys?.[generation]
    const signature = key && signingKey(key)(PARTS)
    assert.ok(signature)
    const believed = Object.entries(ofGeneration).flatMap(([name, credential]) => {
      const chain = credential && contractOf(credential)?.chain
      return chain && tariffVerifier(chain)(signature, PARTS) ? [name] : []
    })
    assert.deepEqual(believed, [generation])
  })

test('the car without a contract stands below a maker that the platform trusts, by the name that the contract was given to', () => {
  const anchors = makers.flatMap((pem) => dersOfPem(pem) ?? [])
  for (const [generation, credential] of [
    ['iso2', cars.provisioning],
    ['iso20', cars.iso20?.provisioning],
  ] as const) {
    // ISO 15118-2 shows the leaf alone.
    const [leaf, ...above] = credential?.chain ?? []
    assert.ok(leaf)
    const verified = verifyChain({
      leaf,
      intermediates: generation === 'iso2' ? [] : above,
      roots: anchors,
      purpose: 'oem-provisioning',
      generation,
      now: epochMs(now()),
    })
    assert.ok(verified.ok, JSON.stringify(verified))
    assert.equal(verified.value.leaf.subject.commonName, contract.pcid)
  }
})

test('what contracts are issued with is in one folder for each generation, its keys for nobody but their owner', () => {
  const names = ['cps.chain.pem', 'cps.key', 'mo-sub-ca-1.pem', 'mo-sub-ca-2.key', 'mo-sub-ca-2.pem']
  const expected = [...names, ...names.map((name) => `iso20/${name}`)].toSorted()
  assert.deepEqual(authority.map(({ path }) => path).toSorted(), expected)
  assert.ok(authority.every(({ path, secret }) => secret === path.endsWith('.key')))
  // Made anew at each start: none of them is older than a day.
  const [leaf] = dersOfPem(authority.find(({ path }) => path === 'cps.chain.pem')?.content ?? '') ?? []
  const read = readCertificate(leaf ?? new Uint8Array())
  assert.ok(read.ok && read.value.notBefore >= now() - 2 * DAY)
})
