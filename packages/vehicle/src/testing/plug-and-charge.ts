import { makeTestPki, type TestPki } from '@voltway/pki'
import { type EpochMs, epochMs, seeded } from '@voltway/units'
import type { Contract, EvccCrypto } from '../machine/crypto.ts'
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
})
