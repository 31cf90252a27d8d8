import type { KeyObject } from 'node:crypto'
import {
  type Certificate,
  issueCertificate,
  makeKeyPair,
  type RandomBytes,
  readCertificate,
  signingWith,
  wrapContractKey,
} from '@voltway/pki'
import { DAY, type EpochMs, epochMs, fail, ok, type Result } from '@voltway/units'
import { iso2 } from '@voltway/wire/iso15118'
import { signMessage } from '@voltway/wire/iso15118/signature'
import type { AuthorityPair, OwnCertificate } from './contract-authority.ts'

export interface ContractOrder {
  readonly emaid: string
  /** Of the car's provisioning certificate, or of the contract that is replaced: what the new key is encrypted for. */
  readonly recipient: KeyObject
  /** Of the session that asks: the answer is a whole message of it. */
  readonly sessionId: Uint8Array
  readonly answers: 'CertificateInstallationReq' | 'CertificateUpdateReq'
  readonly now: EpochMs
  readonly random: RandomBytes
}

export interface IssuedContract {
  readonly exi: Uint8Array
  readonly certificate: Certificate
}

/** ISO 15118-2 gives a contract certificate four weeks to two years. */
const LIFETIME = 2 * 365 * DAY

export const chainOf = (certificate: Uint8Array, above: readonly Uint8Array[], id?: string) => ({
  ...(id !== undefined && { Id: id }),
  Certificate: certificate,
  SubCertificates: { Certificate: above },
})

/** A contract's certificate, by a mobility operator's authority. @returns DER */
export const contractCertificateOf = (
  { certificate, privateKey }: OwnCertificate,
  publicKey: KeyObject,
  { emaid, now, random, shortKeyId = false }: Pick<ContractOrder, 'emaid' | 'now' | 'random'> & { readonly shortKeyId?: boolean },
) =>
  issueCertificate({
    subject: { ...certificate.subject, commonName: emaid, domainComponent: 'MO' },
    publicKey,
    profile: { keyUsage: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement'], shortKeyId },
    // A car's clock may be a little behind.
    notBefore: epochMs(now - DAY),
    notAfter: epochMs(Math.min(now + LIFETIME, certificate.notAfter)),
    signer: { subject: certificate.subject, publicKey: certificate.publicKey, privateKey },
    random,
  })

/**
 * Makes a contract certificate with a key of its own, encrypts that key for the car, and signs it all as a provisioning service: the answer to
 * CertificateInstallationReq or CertificateUpdateReq of ISO 15118-2.
 * @returns its EXI and the certificate in it, or what could not be done
 */
export const issueContract = ({ operator, provisioning }: AuthorityPair, order: ContractOrder): Result<IssuedContract, string> => {
  const pair = makeKeyPair('P-256', order.random)
  const wrapped = wrapContractKey({ contractKey: pair.privateKey, recipient: order.recipient, random: order.random })
  if (!wrapped.ok) return fail(wrapped.failure.message)
  const contract = contractCertificateOf(operator, pair.publicKey, order)
  const answer = {
    ResponseCode: 'OK',
    SAProvisioningCertificateChain: chainOf(provisioning.certificate.der, provisioning.above),
    ContractSignatureCertChain: chainOf(contract, [operator.certificate.der, ...operator.above], 'id1'),
    ContractSignatureEncryptedPrivateKey: { Id: 'id2', value: wrapped.value.encryptedPrivateKey },
    DHpublickey: { Id: 'id3', value: wrapped.value.dhPublicKey },
    eMAID: { Id: 'id4', value: order.emaid },
  } as const
  const Body = order.answers === 'CertificateInstallationReq' ? { CertificateInstallationRes: answer } : { CertificateUpdateRes: answer }
  const message = { root: 'V2G_Message', value: { Header: { SessionID: order.sessionId }, Body } } as const
  const signed = signMessage('iso15118-2', message, signingWith(provisioning.privateKey))
  if (!signed.ok) return fail(signed.failure.message)
  const written = iso2.codec.document.encode(signed.value)
  if (!written.ok) return fail(written.failure.message)
  const certificate = readCertificate(contract)
  return certificate.ok ? ok({ exi: written.value, certificate: certificate.value }) : fail(certificate.failure.message)
}
