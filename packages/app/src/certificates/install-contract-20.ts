import { verifyChain, verifyingWith } from '@voltway/pki'
import { findContract, listTrustAnchors } from '@voltway/store'
import { ok, type Result } from '@voltway/units'
import { commonMessages } from '@voltway/wire/iso15118'
import { verifyMessage } from '@voltway/wire/iso15118/signature'
import { hashIdToken } from '../identity/hash-id-token.ts'
import type { AuthorityPair } from './contract-authority.ts'
import { type Installed, type InstallServices, type NotInstalled, refuseInstallation as refuse } from './installation.ts'
import { issueContract20 } from './issue-contract-20.ts'

/** Whatever the car agreed on with its station, its request is one of the common messages. */
export const isIso20 = (schemaVersion: string): boolean => schemaVersion.startsWith('urn:iso:std:iso:15118:-20:')

/**
 * Answers a car that asks for its contract by ISO 15118-20: its maker's chain must hang on a root that the tenant trusts, the car must have signed
 * that chain, and an operator must have given it a contract.
 */
export const installContract20 = async (
  exi: Uint8Array,
  authorities: readonly AuthorityPair[],
  { db, tenantId, hmacKey, now, random }: InstallServices,
): Promise<Result<Installed, NotInstalled>> => {
  const message = commonMessages.codec.document.decode(exi)
  if (!message.ok) return refuse('Malformed', message.failure.message)
  if (message.value.root !== 'CertificateInstallationReq') return refuse('Malformed', 'the message asks for no contract')
  const { Header, OEMProvisioningCertificateChain: shown } = message.value.value
  const anchors = await db.inTenant(tenantId, (tx) => listTrustAnchors(tx, tenantId, ['OEM']))
  const chain = verifyChain({
    leaf: shown.Certificate,
    intermediates: shown.SubCertificates?.Certificate ?? [],
    roots: anchors.map(({ certificate }) => certificate),
    purpose: 'oem-provisioning',
    generation: 'iso20',
    now,
  })
  if (!chain.ok) return refuse('ChainRefused', `${chain.failure.certificate}: ${chain.failure.message}`)
  const car = chain.value.leaf
  const signature = verifyMessage('iso15118-20/CommonMessages', message.value, verifyingWith(car.publicKey))
  if (!signature.ok) return refuse('SignatureRefused', signature.failure.message)
  const pcidHash = hashIdToken(car.subject.commonName, hmacKey)
  const contract = await db.inTenant(tenantId, (tx) => findContract(tx, tenantId, { now, pcidHash }))
  if (!contract?.isGood) return refuse('NoContract', contract ? 'the contract is blocked' : 'this car has no contract here')
  const authority = authorities.find(({ operator }) => operator.certificate.curve === car.curve)
  if (!authority) return refuse('NotIssued', `there is no authority on ${car.curve}, the curve of the car's certificate`)
  const issued = issueContract20(authority, { emaid: contract.emaid, car, sessionId: Header.SessionID, now, random })
  return issued.ok ? ok({ ...issued.value, contract, operator: authority.operator }) : refuse('NotIssued', issued.failure)
}
