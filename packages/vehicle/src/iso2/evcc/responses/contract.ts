import { iso2 } from '@voltway/wire/iso15118'
import type { ContractChain } from '../../../machine/contract-chain.ts'
import type { ContractDelivery, SignedPart } from '../../../machine/crypto.ts'
import { limitOf, TIMEOUTS } from '../../../machine/timeouts.ts'
import type { Responses } from '../../message.ts'
import type { Arrival, Handler } from '../handler.ts'
import type { EvccOutputs, EvccSession, Move } from '../state.ts'

const chainOf = ({ Certificate, SubCertificates }: iso2.CertificateChainType): ContractChain => ({
  leaf: Certificate,
  subCertificates: SubCertificates?.Certificate ?? [],
})

/** The four signed elements of a delivery, each by itself. One that cannot be written is missing, and the signature will not hold. */
const signedParts = (response: Responses['CertificateInstallation']): readonly SignedPart[] => {
  const { ContractSignatureCertChain, ContractSignatureEncryptedPrivateKey, DHpublickey, eMAID } = response
  const part = (id: string | undefined, element: Parameters<typeof iso2.codec.fragment.encode>[0]): readonly SignedPart[] => {
    // As it came: who signed it hashed its lengths as they are.
    const exi = iso2.codec.fragment.encode(element, { lenient: true })
    return exi.ok ? [{ id: id ?? '', exi: exi.value }] : []
  }
  return [
    ...part(ContractSignatureCertChain.Id, { root: 'ContractSignatureCertChain', value: ContractSignatureCertChain }),
    ...part(ContractSignatureEncryptedPrivateKey.Id, {
      root: 'ContractSignatureEncryptedPrivateKey',
      value: ContractSignatureEncryptedPrivateKey,
    }),
    ...part(DHpublickey.Id, { root: 'DHpublickey', value: DHpublickey }),
    ...part(eMAID.Id, { root: 'eMAID', value: eMAID }),
  ]
}

const install = (
  { session, signature, at }: Arrival,
  response: Responses['CertificateInstallation'],
  action: ContractDelivery['action'],
): Move => {
  const delivery: ContractDelivery = {
    action,
    emaid: response.eMAID.value,
    provisioningChain: chainOf(response.SAProvisioningCertificateChain),
    contractChain: chainOf(response.ContractSignatureCertChain),
    encryptedPrivateKey: response.ContractSignatureEncryptedPrivateKey.value,
    dhPublicKey: response.DHpublickey.value,
    signature,
    parts: signedParts(response),
  }
  const installed =
    session.options.crypto?.install?.(delivery, at) ?? ({ ok: false, failure: 'this car cannot install contracts' } as const)
  if (!installed.ok) return { next: 'sessionStop', facts: { endAs: { code: 'notReady', detail: installed.failure } } }
  const { emaid, chain, privateKey } = installed.value
  return { next: 'paymentDetails', facts: { contract: installed.value }, told: [{ told: 'contractInstalled', emaid, chain, privateKey }] }
}

export const certificateInstallation: Handler<'CertificateInstallation'> = (arrival, response) => install(arrival, response, 'install')
export const certificateUpdate: Handler<'CertificateUpdate'> = (arrival, response) => install(arrival, response, 'update')

export const paymentDetails: Handler<'PaymentDetails'> = (_, { GenChallenge }) => ({
  next: 'authorization',
  facts: { challenge: GenChallenge },
})

/** The limit of a request that is asked again until it is Finished: it runs from the first Ongoing on. */
export const ongoing = ({ dialect, facts }: EvccSession, message: string): EvccOutputs => {
  const milliseconds = limitOf(TIMEOUTS[dialect.name].V2G_EVCC_Ongoing_Timeout, message)
  return facts.ongoing ? [] : [{ kind: 'startTimer', timer: 'V2G_EVCC_Ongoing_Timeout', milliseconds }]
}
export const finished = ({ facts }: EvccSession): EvccOutputs =>
  facts.ongoing ? [{ kind: 'cancelTimer', timer: 'V2G_EVCC_Ongoing_Timeout' }] : []

/** While a person has to do something the station may take as long as the protocol lets it. */
const waitingForCustomer = (session: EvccSession): Move => {
  const milliseconds = TIMEOUTS[session.dialect.name].waitingForCustomer
  return Number.isFinite(milliseconds)
    ? { next: 'authorization', timers: ongoing(session, 'Authorization'), facts: { ongoing: true } }
    : { next: 'authorization', timers: finished(session), facts: { ongoing: false } }
}

export const authorization: Handler<'Authorization'> = ({ session }, { EVSEProcessing }) => {
  switch (EVSEProcessing) {
    case 'Finished':
      return { next: 'chargeParameters', facts: { ongoing: false }, timers: finished(session), told: [{ told: 'authorised' }] }
    case 'Ongoing':
      return {
        next: 'authorization',
        facts: { ongoing: true },
        timers: ongoing(session, 'Authorization'),
        told: [{ told: 'authorising', waitingForCustomer: false }],
      }
    case 'Ongoing_WaitingForCustomerInteraction':
      return { ...waitingForCustomer(session), told: [{ told: 'authorising', waitingForCustomer: true }] }
  }
}
