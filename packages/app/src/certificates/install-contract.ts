import { normalEmaid, readCertificate, verifyChain, verifyingWith } from '@voltway/pki'
import { type Contract, findContract, listTrustAnchors, noteInstalled, type TrustAnchorUse } from '@voltway/store'
import { ok, type Result } from '@voltway/units'
import { iso2 } from '@voltway/wire/iso15118'
import { type SignableDocuments, verifyMessage } from '@voltway/wire/iso15118/signature'
import { hashIdToken } from '../identity/hash-id-token.ts'
import type { AuthorityPair } from './contract-authority.ts'
import { installContract20, isIso20 } from './install-contract-20.ts'
import { type Installed, type InstallServices, type NotInstalled, refuseInstallation as refuse } from './installation.ts'
import { issueContract } from './issue-contract.ts'
import { rememberChain } from './remember-chain.ts'

/** What OCPP 2.0.1 has room for, in base64: of ISO 15118-20 with its longer keys, not every chain fits. */
const MOST_CHARACTERS = 5_600
/** The namespace of ISO 15118-2. */
const ISO2 = 'urn:iso:15118:2:2013:MsgDef'

export interface ContractRequest {
  /** Namespace of the message set. */
  readonly schemaVersion: string
  /** The whole message of the car, as it came. */
  readonly exi: Uint8Array
}

type Message = Extract<SignableDocuments['iso15118-2'], { root: 'V2G_Message' }>
type Asked = Pick<Parameters<typeof verifyChain>[0], 'leaf' | 'intermediates' | 'purpose'>
type Found = { readonly contract: Contract; readonly answers: 'CertificateInstallationReq' | 'CertificateUpdateReq' }

/** Installation shows the car's certificate alone; an update the contract that is to be replaced, with what stands above it. */
const shownIn = ({ CertificateInstallationReq: install, CertificateUpdateReq: update }: iso2.BodyType): Asked | undefined => {
  if (install) return { leaf: install.OEMProvisioningCert, intermediates: [], purpose: 'oem-provisioning' }
  if (!update) return undefined
  const { Certificate, SubCertificates } = update.ContractSignatureCertChain
  return { leaf: Certificate, intermediates: SubCertificates?.Certificate ?? [], purpose: 'contract' }
}

const verified = async (message: Message, { db, tenantId, now }: InstallServices) => {
  const shown = shownIn(message.value.Body)
  if (!shown) return refuse('Malformed', 'the message asks for no contract')
  const uses: readonly TrustAnchorUse[] = shown.purpose === 'contract' ? ['MO', 'V2G'] : ['OEM']
  const anchors = await db.inTenant(tenantId, (tx) => listTrustAnchors(tx, tenantId, uses))
  const chain = verifyChain({ ...shown, roots: anchors.map(({ certificate }) => certificate), generation: 'iso2', now })
  if (!chain.ok) return refuse('ChainRefused', `${chain.failure.certificate}: ${chain.failure.message}`)
  const signature = verifyMessage('iso15118-2', message, verifyingWith(chain.value.leaf.publicKey))
  return signature.ok ? ok(chain.value.leaf) : refuse('SignatureRefused', signature.failure.message)
}

const find = async (
  message: Message,
  name: string,
  { db, tenantId, now, hmacKey }: InstallServices,
): Promise<Result<Found, NotInstalled>> => {
  const isUpdate = message.value.Body.CertificateUpdateReq !== undefined
  const by = isUpdate ? { emaid: normalEmaid(name)?.slice(0, 14) ?? '' } : { pcidHash: hashIdToken(name, hmacKey) }
  const contract = await db.inTenant(tenantId, (tx) => findContract(tx, tenantId, { now, ...by }))
  if (!contract?.isGood) return refuse('NoContract', contract ? 'the contract is blocked' : 'this car has no contract here')
  return ok({ contract, answers: isUpdate ? 'CertificateUpdateReq' : 'CertificateInstallationReq' })
}

const installContract2 = async (
  exi: Uint8Array,
  authority: AuthorityPair,
  services: InstallServices,
): Promise<Result<Installed, NotInstalled>> => {
  const { now, random } = services
  const read = iso2.codec.document.decode(exi)
  if (!read.ok || read.value.root !== 'V2G_Message')
    return refuse('Malformed', read.ok ? `${read.value.root} is no message` : read.failure.message)
  const message = read.value
  const car = await verified(message, services)
  if (!car.ok) return car
  const found = await find(message, car.value.subject.commonName, services)
  if (!found.ok) return found
  const { contract, answers } = found.value
  const sessionId = message.value.Header.SessionID
  const issued = issueContract(authority, { emaid: contract.emaid, recipient: car.value.publicKey, sessionId, answers, now, random })
  return issued.ok ? ok({ ...issued.value, contract, operator: authority.operator }) : refuse('NotIssued', issued.failure)
}

/**
 * Answers a car that asks for its contract over its cable (ISO 15118-2 or -20, OCPP 2.0.1 M01 and M02): who it is must hang on a root that the tenant
 * trusts, it must have signed what it asks, and an operator must have given it a contract.
 * @returns the EXI of the answer
 */
export async function installContract(
  { schemaVersion, exi }: ContractRequest,
  services: InstallServices,
): Promise<Result<Uint8Array, NotInstalled>> {
  const { authority, db, tenantId, now } = services
  const newer = isIso20(schemaVersion)
  if (!newer && schemaVersion !== ISO2 && authority) return refuse('UnknownSchema', `${schemaVersion} is neither of ISO 15118-2 nor of -20`)
  if (!authority || (newer && authority.iso20.length === 0)) return refuse('NoAuthority', 'this platform issues no contracts of this kind')
  const installed = newer ? await installContract20(exi, authority.iso20, services) : await installContract2(exi, authority, services)
  if (!installed.ok) return installed
  const { contract, certificate, operator } = installed.value
  const characters = 4 * Math.ceil(installed.value.exi.length / 3)
  if (characters > MOST_CHARACTERS)
    return refuse('TooLarge', `the answer has ${characters} characters, OCPP 2.0.1 carries ${MOST_CHARACTERS}`)
  await db.inTenant(tenantId, (tx) => noteInstalled(tx, tenantId, { id: contract.id, at: now }))
  const above = operator.above.map(readCertificate).flatMap((one) => (one.ok ? [one.value] : []))
  await rememberChain(contract.emaid, [certificate, operator.certificate, ...above], services)
  return ok(installed.value.exi)
}
