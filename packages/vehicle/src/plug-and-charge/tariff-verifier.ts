import { readCertificate, verifyingWith } from '@voltway/pki'
import { ACCEPTED, verifyParts } from '@voltway/wire/iso15118/signature'
import type { ContractChain } from '../machine/contract-chain.ts'
import type { EvccCrypto } from '../machine/crypto.ts'

const SIGNATURES = Object.values(ACCEPTED).flat()

/**
 * A car's check of prices: they are believed when the authority that issued its contract signed them (the mobility operator's sub-CA 2, which
 * the car carries in its chain).
 */
export const tariffVerifier = ({ subCertificates: [issuer] }: ContractChain): NonNullable<EvccCrypto['verifyTariff']> => {
  const read = issuer && readCertificate(issuer)
  return (signature, parts) =>
    read?.ok === true && verifyParts(parts, signature, { ...verifyingWith(read.value.publicKey), accept: SIGNATURES }).ok
}
