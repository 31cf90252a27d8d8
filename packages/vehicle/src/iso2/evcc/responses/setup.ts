import type { iso2 } from '@voltway/wire/iso15118'
import { type EnergyTransfer, isDirectCurrent, type Payment, type SelectedService } from '../../../machine/charging.ts'
import { optional } from '../../physical.ts'
import { CERTIFICATE_SERVICE, CERTIFICATE_SETS, valueAddedOf } from '../../services.ts'
import type { Handler } from '../handler.ts'
import type { EvccSession, Move } from '../state.ts'

type Mode = iso2.ChargeParameterDiscoveryReqType['RequestedEnergyTransferMode']

/** The names a station may give what a car wants, the usual one first. */
const MODES: Readonly<Partial<Record<EnergyTransfer, readonly Mode[]>>> = {
  AC_single_phase: ['AC_single_phase_core'],
  AC_three_phase: ['AC_three_phase_core'],
  DC: ['DC_extended', 'DC_combo_core', 'DC_core', 'DC_unique'],
}

export const sessionSetup: Handler<'SessionSetup'> = ({ session, sessionId }, { ResponseCode, EVSEID }) => {
  const { options, dialect } = session
  const resumed = ResponseCode === 'OK_OldSessionJoined'
  if (ResponseCode === 'OK' && options.policy.plainOkAtSetup === 'refuse')
    return { next: 'sessionStop', sessionId, facts: { endAs: { code: 'sequence', responseCode: ResponseCode } } }
  return {
    next: 'serviceDiscovery',
    sessionId,
    facts: { evseId: EVSEID, resumed },
    told: [{ told: 'sessionBegan', protocol: dialect.name, namespace: dialect.namespace, evseId: EVSEID, sessionId, resumed }],
    timers: [{ kind: 'cancelTimer', timer: 'V2G_EVCC_CommunicationSetup_Timeout' }],
  }
}

const paymentFor = ({ options, dialect }: EvccSession, offered: readonly Payment[]): Payment | undefined => {
  const canContract =
    dialect.can.contract &&
    options.link.security !== 'none' &&
    (options.crypto?.contract !== undefined || options.certificate === 'install')
  return options.payments.find((payment) => offered.includes(payment) && (payment === 'eim' || canContract))
}

const transferFor = ({ options, dialect }: EvccSession, offered: readonly Mode[]) => {
  const possible = options.transfers.filter((transfer) => dialect.can.alternatingCurrent || isDirectCurrent(transfer))
  return possible.flatMap(
    (transfer) => MODES[transfer]?.filter((mode) => offered.includes(mode)).map((mode) => ({ transfer, mode })) ?? [],
  )[0]
}

const selectionOf = ({ options }: EvccSession, payment: Payment, services: readonly iso2.ServiceType[]): readonly SelectedService[] => {
  const offered = new Set(services.map(({ ServiceID }) => ServiceID))
  const certificates: readonly SelectedService[] =
    payment === 'contract' && options.certificate !== 'none' && offered.has(CERTIFICATE_SERVICE)
      ? [{ id: CERTIFICATE_SERVICE, parameterSet: CERTIFICATE_SETS[options.certificate] }]
      : []
  return [...certificates, ...options.valueAdded.filter(({ id }) => offered.has(id) && id !== CERTIFICATE_SERVICE)]
}

/** Takes what the car likes best of what there is; nothing in common ends the session in order. */
export const serviceDiscovery: Handler<'ServiceDiscovery'> = ({ session }, { PaymentOptionList, ChargeService, ServiceList }): Move => {
  const payments = PaymentOptionList.PaymentOption.map((payment): Payment => (payment === 'Contract' ? 'contract' : 'eim'))
  const payment = paymentFor(session, payments)
  const chosen = transferFor(session, ChargeService.SupportedEnergyTransferMode.EnergyTransferMode)
  if (payment === undefined || chosen === undefined) {
    const detail = payment === undefined ? 'no common way to pay' : 'no common energy transfer'
    return { next: 'sessionStop', facts: { endAs: { code: 'incompatible', detail } } }
  }
  const services = ServiceList?.Service ?? []
  const selected = selectionOf(session, payment, services)
  const valueAdded = services.filter(({ ServiceCategory }) => ServiceCategory !== 'ContractCertificate').map(valueAddedOf)
  const toDetail = session.dialect.messages.has('ServiceDetail') ? selected.map(({ id }) => id) : []
  return {
    next: toDetail.length > 0 ? 'serviceDetail' : 'paymentServiceSelection',
    facts: { payment, payments, ...chosen, selected, valueAdded, toDetail },
    told: [
      { told: 'services', transfers: session.options.transfers.filter((transfer) => transfer === chosen.transfer), payments, valueAdded },
      { told: 'serviceChosen', transfer: chosen.transfer, payment, valueAdded: selected.filter(({ id }) => id !== CERTIFICATE_SERVICE) },
    ],
  }
}

const parameterValue = ({ boolValue, byteValue, shortValue, intValue, stringValue, physicalValue }: iso2.ParameterType) =>
  boolValue ??
  byteValue ??
  shortValue ??
  intValue ??
  stringValue ??
  (physicalValue === undefined ? '' : physicalValue.Value * 10 ** physicalValue.Multiplier)

export const serviceDetail: Handler<'ServiceDetail'> = ({ session }, { ServiceID, ServiceParameterList }) => {
  const { facts } = session
  const toDetail = facts.toDetail.slice(1)
  const parameterSets = ServiceParameterList?.ParameterSet.map(({ ParameterSetID, Parameter }) => ({
    id: ParameterSetID,
    parameters: Parameter.map((parameter) => ({ name: parameter.Name, value: parameterValue(parameter) })),
  }))
  const valueAdded = facts.valueAdded.map((service) =>
    service.id === ServiceID ? { ...service, ...optional('parameterSets', parameterSets, (sets) => sets) } : service,
  )
  const { payments, transfer } = facts
  return {
    next: toDetail.length > 0 ? 'serviceDetail' : 'paymentServiceSelection',
    facts: { toDetail, valueAdded },
    told: toDetail.length > 0 ? [] : [{ told: 'services', transfers: [transfer], payments, valueAdded }],
  }
}

export const paymentServiceSelection: Handler<'PaymentServiceSelection'> = ({ session }) => {
  const { facts, options } = session
  if (facts.payment === 'eim') return { next: 'authorization' }
  if (!facts.selected.some(({ id }) => id === CERTIFICATE_SERVICE)) return { next: 'paymentDetails' }
  return { next: options.certificate === 'update' ? 'certificateUpdate' : 'certificateInstallation' }
}
