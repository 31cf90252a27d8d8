import type { KeyObject } from 'node:crypto'
import {
  type ChainGeneration,
  type RevocationCheck,
  readCertificate,
  sameEmaid,
  unwrapContractKey,
  verifyChain,
  verifyingWith,
} from '@voltway/pki'
import { fail, ok } from '@voltway/units'
import { ACCEPTED, verifyParts } from '@voltway/wire/iso15118/signature'
import type { ContractDelivery, EvccCrypto } from '../machine/crypto.ts'
import { signingKey } from './signing-key.ts'

/** What a car takes contracts by. */
export interface InstallationTrust {
  readonly generation: ChainGeneration
  /** DER of the V2G roots, below which provisioning services stand. */
  readonly roots: readonly Uint8Array[]
  readonly revocation?: RevocationCheck
  /** Whose public key a delivery is encrypted for: that of the provisioning certificate, or of the contract that is updated. */
  readonly recipientKeys: Readonly<Partial<Record<ContractDelivery['action'], KeyObject>>>
}

/** The parts that a provisioning service signs. */
const SIGNED = 4

/**
 * Takes a contract as ISO 15118-2 delivers it: the provisioning service's chain leads to a root, it signed all four parts, the key
 * can be decrypted and is that of the contract certificate, whose name is the eMAID.
 */
export const contractInstaller =
  ({ generation, roots, revocation, recipientKeys }: InstallationTrust): NonNullable<EvccCrypto['install']> =>
  (delivery, at) => {
    const { leaf, subCertificates } = delivery.provisioningChain
    const request = { leaf, intermediates: subCertificates, roots, purpose: 'cps', generation, now: at } as const
    const service = verifyChain({ ...request, ...(revocation === undefined ? {} : { revocation }) })
    if (!service.ok) return fail(`provisioning service: ${service.failure.message}`)
    if (delivery.signature === undefined || delivery.parts.length !== SIGNED) return fail('the delivery is not signed')
    const verifying = { ...verifyingWith(service.value.leaf.publicKey), accept: ACCEPTED['iso15118-2'] }
    const signed = verifyParts(delivery.parts, delivery.signature, verifying)
    if (!signed.ok) return fail(`signature: ${signed.failure.message}`)
    const contract = readCertificate(delivery.contractChain.leaf)
    if (!contract.ok) return fail(`contract: ${contract.failure.message}`)
    if (!sameEmaid(contract.value.subject.commonName, delivery.emaid)) return fail(`the contract is not of ${delivery.emaid}`)
    const recipientKey = recipientKeys[delivery.action]
    if (recipientKey === undefined) return fail('no key that the contract could be encrypted for')
    const key = unwrapContractKey(delivery, { recipientKey, contractPublicKey: contract.value.publicKey })
    if (!key.ok) return fail(`contract key: ${key.failure.message}`)
    const privateKey = new Uint8Array(key.value.export({ format: 'der', type: 'pkcs8' }))
    return ok({ emaid: delivery.emaid, chain: delivery.contractChain, sign: signingKey(key.value), privateKey })
  }
