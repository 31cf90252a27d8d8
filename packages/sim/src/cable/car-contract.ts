import { privateKeyOf, readCertificate } from '@voltway/pki'
import { DAY, type EpochMs } from '@voltway/units'
import {
  type CarTold,
  type ContractCredential,
  contractInstaller,
  contractOf,
  type EvccOptions,
  type LinkFacts,
  signingKey,
  tariffVerifier,
} from '@voltway/vehicle'
import type { CarIdentity, ProvisioningCredential } from './cable.ts'
import type { CarAtCable } from './car-needs.ts'

/** A contract that ends sooner is exchanged for a new one. */
const SOON = 20 * DAY

type Generation = 'iso2' | 'iso20'
type Payment = Pick<EvccOptions, 'payments' | 'certificate' | 'crypto'>
type Installed = CarTold & { readonly told: 'contractInstalled' }

const read = (certificate: Uint8Array | undefined) => {
  const found = certificate && readCertificate(certificate)
  return found?.ok ? found.value : undefined
}

/** Its roots as ISO 15118 names them in a request: a provisioning service can choose its chain by them. */
const rootIdsOf = ({ roots }: CarIdentity) =>
  roots.flatMap((der) => {
    const root = read(der)
    return root ? [{ issuerName: root.x509.issuer.replaceAll('\n', ','), serialNumber: BigInt(`0x${root.serialNumber.toHex()}`) }] : []
  })

/** What it takes to fetch a contract, in the machine's terms; undefined for a car without a provisioning certificate. */
const fetchingBy = (
  identity: CarIdentity,
  {
    provisioning,
    contract,
    generation,
  }: { provisioning: ProvisioningCredential | undefined; contract: ContractCredential | undefined; generation: Generation },
): Payment['crypto'] => {
  const [leaf, ...subCertificates] = provisioning?.chain ?? []
  const pcid = read(leaf)?.subject.commonName
  if (!provisioning || !leaf || pcid === undefined) return undefined
  const recipientKeys = {
    install: provisioning.alternateKey ?? provisioning.privateKey,
    // Only ISO 15118-2 has updates, and its contracts are keys as node:crypto has them.
    ...(contract && !('scalar' in contract.privateKey) && { update: contract.privateKey }),
  }
  return {
    provisioning: { chain: { leaf, subCertificates }, sign: signingKey(provisioning.privateKey), rootCertificates: rootIdsOf(identity) },
    install: contractInstaller({ generation, roots: identity.roots, recipientKeys, pcid }),
  }
}

/**
 * What a car pays by: its contract, which it fetches over the cable where it has a certificate of its maker and no contract, or one that ends soon; without
 * any of them, somebody else pays.
 */
export const carContract = ({ vehicle, identity }: CarAtCable) => {
  let generation: Generation = 'iso2'
  let issuer: Parameters<typeof tariffVerifier>[0] | undefined
  return {
    /** Each generation has contracts of its own. @throws TypeError when the contract cannot be read */
    over: ({ security }: LinkFacts, now: EpochMs): Payment => {
      generation = security === 'tls1.3' && identity.iso20 ? 'iso20' : 'iso2'
      const { provisioning, contract: kept = identity.contract } = (generation === 'iso20' && identity.iso20) || identity
      const contract = kept && contractOf(kept)
      if (kept && !contract) throw new TypeError('the contract certificate cannot be read')
      const fetching = security === 'none' ? undefined : fetchingBy(identity, { provisioning, contract: kept, generation })
      const ends = read(contract?.chain.leaf)?.notAfter ?? 0
      if (!contract && !fetching) return { payments: ['eim'], certificate: 'none' }
      issuer = contract?.chain
      const isWanted = fetching !== undefined && ends - now < SOON
      return {
        payments: ['contract'],
        certificate: isWanted ? (contract && generation === 'iso2' ? 'update' : 'install') : 'none',
        crypto: {
          ...fetching,
          ...(contract && { contract }),
          verifyTariff: (signature, parts) => issuer !== undefined && tariffVerifier(issuer)(signature, parts),
        },
      }
    },
    /** Prices are believed by the new contract from now on, and the car has it the next time. */
    keep: ({ chain, privateKey }: Installed): void => {
      issuer = chain
      const contract: ContractCredential = { chain: [chain.leaf, ...chain.subCertificates], privateKey: privateKeyOf(privateKey) }
      const { iso20 } = identity
      vehicle.keepIdentity?.(generation === 'iso20' && iso20 ? { ...identity, iso20: { ...iso20, contract } } : { ...identity, contract })
    },
  }
}
