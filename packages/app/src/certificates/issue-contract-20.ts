import {
  type Certificate,
  contractKeyBinding,
  makeKeyPair,
  type RandomBytes,
  readCertificate,
  recipientKeyOf,
  sealContractKey,
  signingWith,
} from '@voltway/pki'
import { type EpochMs, fail, ok, type Result } from '@voltway/units'
import { commonMessages } from '@voltway/wire/iso15118'
import { signMessage } from '@voltway/wire/iso15118/signature'
import type { AuthorityPair } from './contract-authority.ts'
import { chainOf, contractCertificateOf, type IssuedContract } from './issue-contract.ts'

export interface ContractOrder20 {
  readonly emaid: string
  /** The car's provisioning certificate: the new key is sealed for it, and bound to the name in it. */
  readonly car: Certificate
  readonly sessionId: Uint8Array
  readonly now: EpochMs
  readonly random: RandomBytes
}

const SCHEMA = 'iso15118-20/CommonMessages'

/**
 * The answer to CertificateInstallationReq of ISO 15118-20: a contract with a key of its own on the authorities' curve, P-521 or Ed448, sealed for the
 * car and signed by the provisioning service. A car of the other curve could not use it.
 * @returns its EXI and the certificate in it, or what could not be done
 */
export const issueContract20 = ({ operator, provisioning }: AuthorityPair, order: ContractOrder20): Result<IssuedContract, string> => {
  const { emaid, car, sessionId, now, random } = order
  const { curve } = operator.certificate
  if (curve !== 'P-521' && curve !== 'Ed448') return fail('the operator is on no curve of ISO 15118-20')
  if (car.curve !== curve) return fail(`the car is certified on ${car.curve}, its contract would be on ${curve}`)
  const recipient = recipientKeyOf(car)
  if (!recipient.ok) return fail(recipient.failure.message)
  const pair = makeKeyPair(curve, random)
  const contract = contractCertificateOf(operator, pair.publicKey, { emaid, now, random, shortKeyId: true })
  const certificate = readCertificate(contract)
  if (!certificate.ok) return fail(certificate.failure.message)
  const binding = contractKeyBinding(car.subject.commonName, certificate.value)
  const sealed = sealContractKey({ contractKey: pair.privateKey, recipient: recipient.value, binding, random })
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
      [curve === 'P-521' ? 'SECP521_EncryptedPrivateKey' : 'X448_EncryptedPrivateKey']: sealed.value.encryptedPrivateKey,
    },
    RemainingContractCertificateChains: 0,
  }
  const signed = signMessage(SCHEMA, { root: 'CertificateInstallationRes', value }, signingWith(provisioning.privateKey))
  if (!signed.ok) return fail(signed.failure.message)
  const written = commonMessages.codec.document.encode(signed.value)
  return written.ok ? ok({ exi: written.value, certificate: certificate.value }) : fail(written.failure.message)
}
