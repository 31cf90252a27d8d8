import { fail } from '@voltway/units'
import type { CarTold } from '../../../machine/car-words.ts'
import type { EnergyTransfer, Payment } from '../../../machine/charging.ts'
import type { Contract, EvccCrypto } from '../../../machine/crypto.ts'
import { fragmentOf } from '../../codec.ts'
import type { Responses } from '../../message.ts'
import { ENERGY_SERVICES, type EnergyMode } from '../../services.ts'
import type { Answer, Handler } from '../answer.ts'
import type { EvccSession, Turn } from '../state.ts'

/** The mode of a session that was paused, taken up again without asking. */
const resumedMode = ({ options }: EvccSession): EnergyMode | undefined => {
  const { resume, needs } = options
  if (resume?.service?.parameterSet === undefined) return undefined
  const { family, bidirectional, automatic } = ENERGY_SERVICES[resume.transfer]
  return {
    service: resume.service.id,
    parameterSet: resume.service.parameterSet,
    transfer: resume.transfer,
    family,
    bidirectional,
    automatic,
    control: resume.control ?? needs.control,
    mobilityNeeds: 'evcc',
    prices: 'none',
  }
}

export const sessionSetup: Handler<'SessionSetup'> = ({ session, sessionId }, { ResponseCode, EVSEID }) => {
  const { chosen, options } = session
  const energy = ResponseCode === 'OK_OldSessionJoined' ? resumedMode(session) : undefined
  const plain = ResponseCode === 'OK' && options.policy.plainOkAtSetup === 'refuse'
  if (plain) return { next: 'ended', end: { code: 'refused', responseCode: ResponseCode, detail: 'SessionSetupRes' } }
  const resumed = energy !== undefined && options.resume !== undefined
  const began: CarTold = { told: 'sessionBegan', protocol: 'iso15118-20', namespace: chosen.namespace, evseId: EVSEID, sessionId, resumed }
  if (!resumed) return { next: 'authorizationSetup', sessionId, told: [began] }
  const { payment, transfer } = options.resume
  return {
    next: 'chargeParameters',
    sessionId,
    facts: { energy, payments: [payment] },
    told: [began, { told: 'serviceChosen', transfer, payment, valueAdded: [] }],
  }
}

const contractOf = ({ facts, options }: EvccSession): Contract | undefined => facts.contract ?? options.crypto?.contract

/** Ways to pay that both ends have, in the order the car likes them. */
const paymentsOf = (
  session: EvccSession,
  { AuthorizationServices }: Responses['AuthorizationSetup'],
  certificates: boolean,
): readonly Payment[] =>
  session.options.payments.filter((payment) =>
    payment === 'eim'
      ? AuthorizationServices.includes('EIM')
      : AuthorizationServices.includes('PnC') && (certificates || contractOf(session) !== undefined),
  )

const incompatible = (detail: string): Answer => ({ next: 'sessionStop', facts: { endWith: { code: 'incompatible', detail } } })

export const authorizationSetup: Handler<'AuthorizationSetup'> = ({ session }, response) => {
  const { options } = session
  const { provisioning, install } = options.crypto ?? {}
  const wanted = options.certificate !== 'none' && provisioning !== undefined && install !== undefined
  const certificates = wanted && response.CertificateInstallationService && options.payments.includes('contract')
  const payments = paymentsOf(session, response, certificates)
  if (payments.length === 0) return incompatible('no common way to pay')
  const challenge = response.PnC_ASResAuthorizationMode?.GenChallenge
  return {
    next: certificates ? 'certificateInstallation' : 'authorization',
    facts: { payments, ...(challenge === undefined ? {} : { challenge }) },
    ...(certificates ? {} : { told: [{ told: 'authorising', waitingForCustomer: false }] }),
  }
}

type Install = NonNullable<EvccCrypto['install']>

/** Verifies what was delivered and takes it; where that cannot be, the car pays as it could before. */
const installed = ({ session, signature, at }: Turn, response: Responses['CertificateInstallation']): ReturnType<Install> => {
  const { install } = session.options.crypto ?? {}
  const data = response.SignedInstallationData
  const exi = fragmentOf('SignedInstallationData', data)
  const key = data.SECP521_EncryptedPrivateKey ?? data.X448_EncryptedPrivateKey ?? data.TPM_EncryptedPrivateKey
  if (install === undefined || exi === undefined || key === undefined) return fail('a delivery without a key')
  const chainOf = (chain: {
    readonly Certificate: Uint8Array
    readonly SubCertificates?: { readonly Certificate: readonly Uint8Array[] }
  }) => ({
    leaf: chain.Certificate,
    subCertificates: chain.SubCertificates?.Certificate ?? [],
  })
  const delivery = {
    action: 'install',
    emaid: '',
    curve: data.ECDHCurve,
    provisioningChain: chainOf(response.CPSCertificateChain),
    contractChain: chainOf(data.ContractCertificateChain),
    encryptedPrivateKey: key,
    dhPublicKey: data.DHPublicKey,
    signature,
    parts: [{ id: data.Id, exi }],
  } as const
  return install(delivery, at)
}

export const certificateInstallation: Handler<'CertificateInstallation'> = (turn, response) => {
  const { session } = turn
  if (response.EVSEProcessing !== 'Finished') return { next: 'certificateInstallation', ongoing: 'station' }
  const result = response.ResponseCode.startsWith('OK') ? installed(turn, response) : undefined
  const contract = result?.ok ? result.value : undefined
  const refused = result?.ok === false ? result.failure : undefined
  const had = contract ?? contractOf(session)
  const payments = session.facts.payments.filter((payment) => payment === 'eim' || had !== undefined)
  if (payments.length === 0) return incompatible(`no contract was installed${refused === undefined ? '' : `: ${refused}`}`)
  const told: readonly CarTold[] = [
    ...(refused === undefined ? [] : [{ told: 'contractRefused', why: refused } as const]),
    ...(contract === undefined
      ? []
      : [{ told: 'contractInstalled', emaid: contract.emaid, chain: contract.chain, privateKey: contract.privateKey } as const]),
    { told: 'authorising', waitingForCustomer: false },
  ]
  return { next: 'authorization', told, facts: { payments, ...(contract === undefined ? {} : { contract }) } }
}

/** A warning is no end: the next way to pay is tried, if there is one. */
export const authorization: Handler<'Authorization'> = ({ session }, { ResponseCode, EVSEProcessing }) => {
  const [tried, ...others] = session.facts.payments
  if (ResponseCode.startsWith('WARNING')) {
    if (others.length > 0) return { next: 'authorization', facts: { payments: others } }
    return { next: 'sessionStop', facts: { endWith: { code: 'refused', responseCode: ResponseCode, detail: `${tried}` } } }
  }
  if (EVSEProcessing === 'Finished') return { next: 'serviceDiscovery', told: [{ told: 'authorised' }] }
  const waitingForCustomer = EVSEProcessing === 'Ongoing_WaitingForCustomerInteraction'
  return {
    next: 'authorization',
    ongoing: waitingForCustomer ? 'customer' : 'station',
    ...(waitingForCustomer ? { told: [{ told: 'authorising', waitingForCustomer: true }] } : {}),
  }
}

export const energyServicesOf = ({ chosen, options }: EvccSession): readonly EnergyTransfer[] =>
  options.transfers.filter((transfer) => ENERGY_SERVICES[transfer].namespace === chosen.namespace)
