import { makeTestPki, signingWith, type TestPki, wrapContractKey } from '@voltway/pki'
import { type EpochMs, epochMs, seeded } from '@voltway/units'
import { iso2 } from '@voltway/wire/iso15118'
import { signMessage } from '@voltway/wire/iso15118/signature'
import type { Contract, EvccCrypto } from '../machine/crypto.ts'
import { contractInstaller } from '../plug-and-charge/contract-installer.ts'
import { signingKey } from '../plug-and-charge/signing-key.ts'

/** When every cable's clock begins. */
export const CABLE_START: EpochMs = epochMs(1_790_000_000_000)

const bytesOf = (seed: number) => {
  const next = seeded(seed)
  return (length: number) => Uint8Array.from({ length }, () => Math.floor(next() * 256))
}

export const testPki = (seed = 2, now: EpochMs = CABLE_START): TestPki => makeTestPki({ now, random: bytesOf(seed) })

export const contractOf = ({ contract }: TestPki): Contract => ({
  emaid: contract.subject.commonName.replaceAll('-', ''),
  chain: { leaf: contract.der, subCertificates: contract.intermediates },
  sign: signingKey(contract.privateKey),
})

export const evccCrypto = (pki: TestPki): EvccCrypto => ({
  contract: contractOf(pki),
  provisioning: {
    chain: { leaf: pki.oemProvisioning.der, subCertificates: pki.oemProvisioning.intermediates },
    sign: signingKey(pki.oemProvisioning.privateKey),
    rootCertificates: [{ issuerName: 'CN=V2G Root CA', serialNumber: 1n }],
  },
  install: contractInstaller({
    generation: 'iso2',
    roots: [pki.roots.v2g.der],
    recipientKeys: { install: pki.oemProvisioning.privateKey, update: pki.contract.privateKey },
  }),
})

const chainOf = ({ der, intermediates }: { readonly der: Uint8Array; readonly intermediates: readonly Uint8Array[] }) => ({
  Certificate: der,
  SubCertificates: { Certificate: intermediates },
})

/** A backend's answer to a certificate request: the contract of `pki`, encrypted for the car and signed by its provisioning service. */
export const delivered = (pki: TestPki, action: 'install' | 'update', SessionID: Uint8Array): Uint8Array => {
  const recipient = action === 'install' ? pki.oemProvisioning.publicKey : pki.contract.publicKey
  const wrapped = wrapContractKey({ contractKey: pki.contract.privateKey, recipient, random: bytesOf(5) })
  if (!wrapped.ok) throw new Error(wrapped.failure.message)
  const response = {
    ResponseCode: 'OK',
    SAProvisioningCertificateChain: chainOf(pki.cps),
    ContractSignatureCertChain: { Id: 'id1', ...chainOf(pki.contract) },
    ContractSignatureEncryptedPrivateKey: { Id: 'id2', value: wrapped.value.encryptedPrivateKey },
    DHpublickey: { Id: 'id3', value: wrapped.value.dhPublicKey },
    eMAID: { Id: 'id4', value: contractOf(pki).emaid },
  } as const
  const Body = action === 'install' ? { CertificateInstallationRes: response } : { CertificateUpdateRes: response }
  const message = { root: 'V2G_Message', value: { Header: { SessionID }, Body } } as const
  const signed = signMessage('iso15118-2', message, signingWith(pki.cps.privateKey))
  if (!signed.ok) throw new Error(signed.failure.message)
  const written = iso2.codec.document.encode(signed.value)
  if (!written.ok) throw new Error(written.failure.message)
  return written.value
}
