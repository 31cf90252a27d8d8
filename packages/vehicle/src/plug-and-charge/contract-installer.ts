import type { KeyObject } from 'node:crypto'
import {
  type Certificate,
  type ChainGeneration,
  contractKeyBinding,
  normalEmaid,
  openContractKey,
  privateKeyBytes,
  type RevocationCheck,
  readCertificate,
  sameEmaid,
  unwrapContractKey,
  verifyChain,
  verifyingWith,
} from '@voltway/pki'
import { type EpochMs, fail, ok, type Result } from '@voltway/units'
import { ACCEPTED, verifyParts } from '@voltway/wire/iso15118/signature'
import type { ContractDelivery, EvccCrypto } from '../machine/crypto.ts'
import { signingKey } from './signing-key.ts'

/** What a car takes contracts by. */
export interface InstallationTrust {
  readonly generation: Exclude<ChainGeneration, 'any'>
  /** DER of the V2G roots, below which provisioning services stand. */
  readonly roots: readonly Uint8Array[]
  readonly revocation?: RevocationCheck
  /**
   * Whose public key a delivery is encrypted for: that of the provisioning certificate, on Ed448 its alternate one on X448, or that of the contract
   * that is updated.
   */
  readonly recipientKeys: Readonly<Partial<Record<ContractDelivery['action'], KeyObject>>>
  /** The name in the provisioning certificate: ISO 15118-20 binds the key to it. */
  readonly pcid?: string
}

interface Opening {
  readonly recipientKey: KeyObject
  readonly contract: Certificate
  readonly pcid: string | undefined
}

const open2 = (delivery: ContractDelivery, { recipientKey, contract }: Opening) =>
  unwrapContractKey(delivery, { recipientKey, contractPublicKey: contract.publicKey })

const open20 = ({ curve, dhPublicKey, encryptedPrivateKey }: ContractDelivery, { recipientKey, contract, pcid = '' }: Opening) => {
  const sealed = { ecdhCurve: curve ?? 'SECP521', dhPublicKey, encryptedPrivateKey }
  return openContractKey(sealed, { recipientKey, contractPublicKey: contract.publicKey, binding: contractKeyBinding(pcid, contract) })
}

/** How many parts a provisioning service signs, by which algorithms, and how the key is taken out. */
const GENERATIONS = {
  iso2: { parts: 4, accept: ACCEPTED['iso15118-2'], open: open2 },
  iso20: { parts: 1, accept: ACCEPTED['iso15118-20/CommonMessages'], open: open20 },
} as const

/** The provisioning service's chain leads to a root, and it signed all that it should. */
const believed = (delivery: ContractDelivery, { generation, roots, revocation }: InstallationTrust, now: EpochMs): Result<true, string> => {
  const { leaf, subCertificates } = delivery.provisioningChain
  const request = { leaf, intermediates: subCertificates, roots, purpose: 'cps', generation, now } as const
  const service = verifyChain({ ...request, ...(revocation === undefined ? {} : { revocation }) })
  if (!service.ok) return fail(`provisioning service: ${service.failure.message}`)
  const { parts, accept } = GENERATIONS[generation]
  if (delivery.signature === undefined || delivery.parts.length !== parts) return fail('the delivery is not signed')
  const signed = verifyParts(delivery.parts, delivery.signature, { ...verifyingWith(service.value.leaf.publicKey), accept })
  return signed.ok ? ok(true) : fail(`signature: ${signed.failure.message}`)
}

/**
 * Takes a contract as ISO 15118-2 or -20 delivers it: the provisioning service's chain leads to a root, it signed all parts, the key can be decrypted
 * and is that of the contract certificate, whose name is the eMAID where the message says one.
 */
export const contractInstaller =
  (trust: InstallationTrust): NonNullable<EvccCrypto['install']> =>
  (delivery, at) => {
    const service = believed(delivery, trust, at)
    if (!service.ok) return service
    const contract = readCertificate(delivery.contractChain.leaf)
    if (!contract.ok) return fail(`contract: ${contract.failure.message}`)
    const named = contract.value.subject.commonName
    const emaid = delivery.emaid || (normalEmaid(named) ?? '')
    if (!sameEmaid(named, emaid)) return fail(`the contract is not of ${emaid}`)
    const recipientKey = trust.recipientKeys[delivery.action]
    if (recipientKey === undefined) return fail('no key that the contract could be encrypted for')
    const key = GENERATIONS[trust.generation].open(delivery, { recipientKey, contract: contract.value, pcid: trust.pcid })
    if (!key.ok) return fail(`contract key: ${key.failure.message}`)
    return ok({ emaid, chain: delivery.contractChain, sign: signingKey(key.value), privateKey: privateKeyBytes(key.value) })
  }
