import type { KeyObject } from 'node:crypto'
import { contractKeyBinding, makeKeyPair, type RandomBytes, readCertificate, sealContractKey, signingWith } from '@voltway/pki'
import { type EpochMs, fail, ok, type Result } from '@voltway/units'
import { commonMessages } from '@voltway/wire/iso15118'
import { signMessage } from '@voltway/wire/iso15118/signature'
import type { AuthorityPair } from './contract-authority.ts'
import { chainOf, contractCertificateOf, type IssuedContract } from './issue-contract.ts'

export interface ContractOrder20 {
  readonly emaid: string
  /** Of the provisioning certificate: the new key is bound to it. */
  readonly pcid: string
  readonly recipient: KeyObject
  readonly sessionId: Uint8Array
  readonly now: EpochMs
  readonly random: RandomBytes
}

const SCHEMA = 'iso15118-20/CommonMessages'

/**
 * The answer to CertificateInstallationReq of ISO 15118-20: a contract on P-521 with a key of its own, sealed for the car (`sealKeyBytes` says what of
 * that is not certain) and signed by the provisioning service.
 * @returns its EXI and the certificate in it, or what could not be done
 */
export const issueContract20 = ({ operator, provisioning }: AuthorityPair, order: ContractOrder20): Result<IssuedContract, string> => {
  const { emaid, pcid, recipient, sessionId, now, random } = order
  const pair = makeKeyPair('P-521', random)
  const contract = contractCertificateOf(operator, pair.publicKey, { emaid, now, random, shortKeyId: true })
  const certificate = readCertificate(contract)
  if (!certificate.ok) return fail(certificate.failure.message)
  const binding = contractKeyBinding(pcid, certificate.value)
  const sealed = sealContractKey({ contractKey: pair.privateKey, recipient, binding, random })
  if (!sealed.ok) return fail(sealed.failure.message)
  const value: commonMessages.CertificateInstallationResType = {
    Header: { SessionID: sessionId, TimeStamp: BigInt(Math.floor(now / 1_000)) },
    ResponseCode: 'OK',
    EVSEProcessing: 'Finished',
    CPSCertificateChain: chainOf(provisioning.certificate.der, provisioning.above),
    SignedInstallationData: {
      Id: 'id1',
      ContractCertificateChain: chainOf(contract, [operator.certificate.der, ...operator.above]),
      ECDHCurve: sealed.value.ecdhCurve,
      DHPublicKey: sealed.value.dhPublicKey,
      SECP521_EncryptedPrivateKey: sealed.value.encryptedPrivateKey,
    },
    RemainingContractCertificateChains: 0,
  }
  const signed = signMessage(SCHEMA, { root: 'CertificateInstallationRes', value }, signingWith(provisioning.privateKey))
  if (!signed.ok) return fail(signed.failure.message)
  const written = commonMessages.codec.document.encode(signed.value)
  return written.ok ? ok({ exi: written.value, certificate: certificate.value }) : fail(written.failure.message)
}
