// A contract's way into a car and its first use, through the packages' own doors: test PKI, chains, key transport, signatures, EXI.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  answerOcsp,
  contractKeyBinding,
  hashDataOf,
  type Iso20TestPki,
  type Issued,
  issueTestLeaf,
  makeIso20TestPki,
  makeTestPki,
  ocspRequest,
  openContractKey,
  type PrivateKey,
  readCertificate,
  recipientKeyOf,
  revocationOf,
  sealContractKey,
  serialOf,
  signingWith,
  type TestPki,
  unwrapContractKey,
  verifyChain,
  verifyingWith,
  wrapContractKey,
} from '@voltway/pki'
import { DAY, type EpochMs, epochMs } from '@voltway/units'
import { type commonMessages, type iso2, untypedCodecOf } from '@voltway/wire/iso15118'
import { type SignableDocuments, type SigningSchema, signMessage, verifyMessage } from '@voltway/wire/iso15118/signature'
import { seededBytes } from '../../packages/pki/src/testing/seeded-bytes.ts'

const NOW = epochMs(Date.UTC(2026, 10, 27))
const random = seededBytes(1)
const options = { now: NOW, random }
const SESSION = random(8)
const EMAID = 'DEVTWC00000042'

type Iso2 = Extract<SignableDocuments['iso15118-2'], { root: 'V2G_Message' }>
type Iso20 = SignableDocuments['iso15118-20/CommonMessages']

/** Signs, writes, reads. */
const sent = <Schema extends SigningSchema>(
  schema: Schema,
  message: SignableDocuments[Schema],
  { privateKey }: { readonly privateKey: PrivateKey },
): SignableDocuments[Schema] => {
  const signed = signMessage(schema, message, signingWith(privateKey))
  assert.ok(signed.ok, signed.ok ? '' : signed.failure.message)
  const codec = untypedCodecOf(schema).document
  const encoded = codec.encode(signed.value as SignableDocuments['iso15118-2'])
  assert.ok(encoded.ok, encoded.ok ? '' : encoded.failure.message)
  const decoded = codec.decode(encoded.value)
  assert.ok(decoded.ok)
  return decoded.value as SignableDocuments[Schema]
}

const chainOf = ({ der, intermediates }: Issued) => ({ Certificate: der, SubCertificates: { Certificate: intermediates } })
const rootIds = { RootCertificateID: [{ X509IssuerName: 'CN=V2G Root CA', X509SerialNumber: 1n }] }

interface Shown {
  readonly Certificate: Uint8Array
  readonly SubCertificates?: { readonly Certificate: readonly Uint8Array[] }
}

/** The leaf of a chain that was shown, or the reason why it is not believed. */
const trusted = (
  { Certificate, SubCertificates }: Shown,
  request: Pick<Parameters<typeof verifyChain>[0], 'roots' | 'purpose' | 'generation'>,
) => {
  const verified = verifyChain({ leaf: Certificate, intermediates: SubCertificates?.Certificate ?? [], now: NOW, ...request })
  return verified.ok ? verified.value.leaf : verified.failure.code
}
const leafOf = (leaf: ReturnType<typeof trusted>) => {
  assert.ok(typeof leaf !== 'string', String(leaf))
  return leaf
}

const body = (message: SignableDocuments['iso15118-2']): iso2.BodyType => (message as Iso2).value.Body
const iso2Message = (Body: iso2.BodyType): Iso2 => ({ root: 'V2G_Message', value: { Header: { SessionID: SESSION }, Body } })

const installIso2 = (pki: TestPki, contract: Issued, provider: Issued) => {
  const { oemProvisioning } = pki
  const asked = sent(
    'iso15118-2',
    iso2Message({ CertificateInstallationReq: { Id: 'id1', OEMProvisioningCert: oemProvisioning.der, ListOfRootCertificateIDs: rootIds } }),
    oemProvisioning,
  )
  // The provider: -2 sends the leaf alone, what is above it comes from the pool of the car makers.
  const { OEMProvisioningCert } = body(asked).CertificateInstallationReq!
  const shown = { Certificate: OEMProvisioningCert, SubCertificates: { Certificate: oemProvisioning.intermediates } }
  const car = leafOf(trusted(shown, { roots: [pki.roots.oem.der], purpose: 'oem-provisioning', generation: 'iso2' }))
  assert.ok(verifyMessage('iso15118-2', asked, verifyingWith(car.publicKey)).ok)
  const wrapped = wrapContractKey({ contractKey: contract.privateKey, recipient: car.publicKey, random })
  assert.ok(wrapped.ok)
  const answer: iso2.CertificateInstallationResType = {
    ResponseCode: 'OK',
    SAProvisioningCertificateChain: chainOf(provider),
    ContractSignatureCertChain: chainOf(contract),
    ContractSignatureEncryptedPrivateKey: { Id: 'id2', value: wrapped.value.encryptedPrivateKey },
    DHpublickey: { Id: 'id3', value: wrapped.value.dhPublicKey },
    eMAID: { Id: 'id4', value: EMAID },
  }
  return sent('iso15118-2', iso2Message({ CertificateInstallationRes: answer }), provider)
}

test('a contract of ISO 15118-2 is installed and used', () => {
  const pki = makeTestPki(options)
  const contract = issueTestLeaf(pki, options, { leaf: 'contract', commonName: EMAID })
  const answer = installIso2(pki, contract, pki.cps)
  const { SAProvisioningCertificateChain, ContractSignatureCertChain, ...fields } = body(answer).CertificateInstallationRes!
  const provider = leafOf(trusted(SAProvisioningCertificateChain, { roots: [pki.roots.v2g.der], purpose: 'cps', generation: 'iso2' }))
  assert.ok(verifyMessage('iso15118-2', answer, verifyingWith(provider.publicKey)).ok)
  const installed = readCertificate(ContractSignatureCertChain.Certificate)
  assert.ok(installed.ok)
  const key = unwrapContractKey(
    { dhPublicKey: fields.DHpublickey.value, encryptedPrivateKey: fields.ContractSignatureEncryptedPrivateKey.value },
    { recipientKey: pki.oemProvisioning.privateKey, contractPublicKey: installed.value.publicKey },
  )
  assert.ok(key.ok)
  const challenge = random(16)
  const request = sent('iso15118-2', iso2Message({ AuthorizationReq: { GenChallenge: challenge } }), { privateKey: key.value })
  const payer = leafOf(trusted(ContractSignatureCertChain, { roots: [pki.roots.mo.der], purpose: 'contract', generation: 'iso2' }))
  assert.equal(payer.subject.commonName, EMAID)
  assert.ok(verifyMessage('iso15118-2', request, verifyingWith(payer.publicKey)).ok)
  assert.deepEqual(body(request).AuthorizationReq?.GenChallenge, challenge)
})

test('a charge point operator cannot install a contract of its own', () => {
  const pki = makeTestPki(options)
  const answer = installIso2(pki, pki.contract, pki.secc)
  const { SAProvisioningCertificateChain } = body(answer).CertificateInstallationRes!
  assert.equal(trusted(SAProvisioningCertificateChain, { roots: [pki.roots.v2g.der], purpose: 'cps', generation: 'iso2' }), 'wrong-branch')
})

const iso20Header = { SessionID: SESSION, TimeStamp: BigInt(NOW / 1_000) }

const authorization = (ContractCertificateChain: ReturnType<typeof chainOf>) => ({
  Id: 'id1',
  GenChallenge: random(16),
  ContractCertificateChain,
})

const installIso20 = (pki: Iso20TestPki, contract: Issued): Iso20 => {
  const [leaf, car] = [readCertificate(contract.der), readCertificate(pki.oemProvisioning.der)]
  assert.ok(leaf.ok && car.ok)
  const recipient = recipientKeyOf(car.value)
  assert.ok(recipient.ok)
  const binding = contractKeyBinding(pki.oemProvisioning.subject.commonName, leaf.value)
  const sealed = sealContractKey({ contractKey: contract.privateKey, recipient: recipient.value, binding, random })
  assert.ok(sealed.ok)
  const { ecdhCurve, dhPublicKey, encryptedPrivateKey } = sealed.value
  const value: commonMessages.CertificateInstallationResType = {
    Header: iso20Header,
    ResponseCode: 'OK',
    EVSEProcessing: 'Finished',
    CPSCertificateChain: chainOf(pki.cps),
    SignedInstallationData: {
      Id: 'id1',
      ContractCertificateChain: chainOf(contract),
      ECDHCurve: ecdhCurve,
      DHPublicKey: dhPublicKey,
      [ecdhCurve === 'SECP521' ? 'SECP521_EncryptedPrivateKey' : 'X448_EncryptedPrivateKey']: encryptedPrivateKey,
    },
    RemainingContractCertificateChains: 0,
  }
  return sent('iso15118-20/CommonMessages', { root: 'CertificateInstallationRes', value }, pki.cps)
}

for (const [curve, algorithm] of [
  ['P-521', 'ecdsa-sha512'],
  ['Ed448', 'ed448'],
] as const)
  test(`a contract of ISO 15118-20 on ${curve} is installed and used`, () => {
    const pki = makeIso20TestPki(options, curve)
    const contract = issueTestLeaf(pki, options, { leaf: 'contract', commonName: EMAID })
    const answer = installIso20(pki, contract)
    assert.ok(answer.root === 'CertificateInstallationRes')
    const { CPSCertificateChain, SignedInstallationData: data } = answer.value
    const provider = leafOf(trusted(CPSCertificateChain, { roots: [pki.roots.v2g.der], purpose: 'cps', generation: 'iso20' }))
    const signed = verifyMessage('iso15118-20/CommonMessages', answer, verifyingWith(provider.publicKey))
    assert.deepEqual(signed, { ok: true, value: algorithm })
    const chain = data.ContractCertificateChain
    const installed = leafOf(trusted(chain, { roots: [pki.roots.mo.der], purpose: 'contract', generation: 'iso20' }))
    const encryptedPrivateKey = data.SECP521_EncryptedPrivateKey ?? data.X448_EncryptedPrivateKey!
    const key = openContractKey(
      { ecdhCurve: data.ECDHCurve, dhPublicKey: data.DHPublicKey, encryptedPrivateKey },
      {
        recipientKey: pki.oemProvisioning.alternateKey ?? pki.oemProvisioning.privateKey,
        contractPublicKey: installed.publicKey,
        binding: contractKeyBinding(pki.oemProvisioning.subject.commonName, installed),
      },
    )
    assert.ok(key.ok)
    const value = { Header: iso20Header, SelectedAuthorizationService: 'PnC', PnC_AReqAuthorizationMode: authorization(chain) } as const
    const request = sent('iso15118-20/CommonMessages', { root: 'AuthorizationReq', value }, { privateKey: key.value })
    assert.ok(verifyMessage('iso15118-20/CommonMessages', request, verifyingWith(installed.publicKey)).ok)
  })

for (const curve of ['P-521', 'Ed448'] as const)
  test(`a car of ISO 15118-20 authorizes itself with a contract on ${curve}, and no more once it is revoked`, () => {
    const pki = makeIso20TestPki(options, curve)
    const value: commonMessages.AuthorizationReqType = {
      Header: iso20Header,
      SelectedAuthorizationService: 'PnC',
      PnC_AReqAuthorizationMode: authorization(chainOf(pki.contract)),
    }
    const request = sent('iso15118-20/CommonMessages', { root: 'AuthorizationReq', value }, pki.contract)
    assert.ok(request.root === 'AuthorizationReq')
    const { Certificate: leaf, SubCertificates } = request.value.PnC_AReqAuthorizationMode!.ContractCertificateChain
    const verified = (revoked: ReadonlyMap<string, EpochMs>) => {
      const chain = [leaf, ...SubCertificates.Certificate, pki.roots.mo.der].map((der) => {
        const read = readCertificate(der)
        assert.ok(read.ok)
        return read.value
      })
      const ocspResponses = chain
        .slice(0, -1)
        .map((one, index) => answerOcsp({ pki, revoked }, ocspRequest({ certificates: [hashDataOf(one, chain[index + 1]!)] }), NOW))
      const revocation = { statusOf: revocationOf({ ocspResponses, now: NOW }), whenUnknown: 'refuse' } as const
      const rules = { purpose: 'contract', generation: 'iso20', now: NOW, revocation } as const
      return verifyChain({ leaf, intermediates: SubCertificates.Certificate, roots: [pki.roots.mo.der], ...rules })
    }
    const payer = verified(new Map())
    assert.ok(payer.ok)
    assert.ok(verifyMessage('iso15118-20/CommonMessages', request, verifyingWith(payer.value.leaf.publicKey)).ok)
    const later = verified(new Map([[serialOf(pki.contract), epochMs(NOW - DAY)]]))
    assert.equal(later.ok ? '' : later.failure.code, 'revoked')
  })
