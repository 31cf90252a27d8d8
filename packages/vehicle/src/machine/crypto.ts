import type { EpochMs, Result } from '@voltway/units'
import type { xmldsig } from '@voltway/wire/iso15118'
import type { ContractChain, RefusalReason } from './contract-chain.ts'

/** One signed element: the Id that a reference names, and its EXI as a fragment of its own schema set. */
export interface SignedPart {
  readonly id: string
  readonly exi: Uint8Array
}

/** What an SECC needs of cryptography. Nothing here waits: what asks a backend goes through the station's words. */
export interface SeccCrypto {
  /** Path, validity and revocation as far as this end can know; ok tells whether it expires soon. */
  readonly checkContract: (chain: ContractChain, emaid: string, at: EpochMs) => Result<{ readonly expiresSoon: boolean }, RefusalReason>
  /** The contract's id as its certificate has it: ISO 15118-20 names it nowhere else. */
  readonly emaidOf?: (certificate: Uint8Array) => string | undefined
  /** Whether the signature is over exactly these parts and made by the key of this certificate. */
  readonly verify: (signature: xmldsig.SignatureType, parts: readonly SignedPart[], certificate: Uint8Array) => boolean
  /** Signs prices for cars that pay by contract, as their mobility operator: where the station has that from somewhere. */
  readonly signTariff?: SigningKey
}

/** Undefined: this key cannot sign these parts. */
export type SigningKey = (parts: readonly SignedPart[]) => xmldsig.SignatureType | undefined

/** A contract in a car. */
export interface Contract {
  readonly emaid: string
  readonly chain: ContractChain
  readonly sign: SigningKey
}

/** What an EVCC needs of cryptography. */
export interface EvccCrypto {
  readonly contract?: Contract
  /** Whether the contract's operator signed these prices. Without it they are taken as they come. */
  readonly verifyTariff?: (signature: xmldsig.SignatureType, parts: readonly SignedPart[]) => boolean
  /** The identity the maker of the car gave it. */
  readonly provisioning?: {
    readonly chain: ContractChain
    readonly sign: SigningKey
    readonly rootCertificates: readonly { readonly issuerName: string; readonly serialNumber: bigint }[]
  }
  /** Verifies a delivered contract and unwraps its key: PKCS #8, on Ed448 the 56 bytes of the scalar (`privateKeyOf` reads both). */
  readonly install?: (delivery: ContractDelivery, at: EpochMs) => Result<Contract & { readonly privateKey: Uint8Array }, string>
}

/** A contract as CertificateInstallationRes or CertificateUpdateRes brings it. */
export interface ContractDelivery {
  readonly action: 'install' | 'update'
  /** Empty where the message does not say it: ISO 15118-20. */
  readonly emaid: string
  /** Of `dhPublicKey`, where there is more than one. */
  readonly curve?: 'SECP521' | 'X448'
  readonly provisioningChain: ContractChain
  readonly contractChain: ContractChain
  readonly encryptedPrivateKey: Uint8Array
  readonly dhPublicKey: Uint8Array
  readonly signature: xmldsig.SignatureType | undefined
  readonly parts: readonly SignedPart[]
}
