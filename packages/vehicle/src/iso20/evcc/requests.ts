import { type EpochMs, seconds, watts } from '@voltway/units'
import type { xmldsig } from '@voltway/wire/iso15118'
import type { ChargingProfile } from '../../machine/charging.ts'
import type { SigningKey } from '../../machine/crypto.ts'
import { fragmentOf } from '../codec.ts'
import type { RequestBody } from '../message.ts'
import { wireProfileOf } from '../schedules.ts'
import { acLoop, dcLoop, preChargeVoltage, presentVoltage } from './loop-requests.ts'
import { acParameters, dcParameters, scheduleRequest } from './parameter-requests.ts'
import { placing, systemStatusRequest, WPT_METHODS, wptLoop, wptParameters } from './positioning-requests.ts'
import type { EvccSession } from './state.ts'
import type { EvccStateName } from './table.ts'

/** A request with the signature that its header carries. */
export interface Composed {
  readonly body: RequestBody
  readonly signature?: xmldsig.SignatureType
}

type Compose = (session: EvccSession, at: EpochMs) => Composed | undefined

const plain = (body: RequestBody): Composed => ({ body })

/** A request whose header carries a signature over one of its elements. */
const signedBy = (
  sign: SigningKey,
  part: { readonly id: string; readonly exi: Uint8Array | undefined },
  body: RequestBody,
): Composed | undefined => {
  const signature = part.exi && sign([{ id: part.id, exi: part.exi }])
  return signature && { body, signature }
}

/** The profile of a car that is steered and chose none: all it can take. */
const plainProfile = ({ facts, car }: EvccSession): ChargingProfile => ({
  scheduleId: facts.offers[0]?.id ?? 1,
  entries: [{ start: seconds(0), power: car.needs.charge.maxPower ?? watts(0) }],
})

/** The profile to start with; undefined as long as the car has to choose one. */
export const profileDue = (session: EvccSession): ChargingProfile | undefined => {
  const { facts, car } = session
  return car.choice ?? facts.profile ?? (facts.energy?.control === 'dynamic' ? plainProfile(session) : undefined)
}

/** When a profile's first entry begins: with the offers that it answers, or when it was first followed. */
export const profileAnchor = ({ facts, car }: EvccSession, at: EpochMs): EpochMs => {
  if (car.choice !== undefined) return facts.offersAt
  return facts.profileSince ?? at
}

/** The profile that the request of this state carries. */
export const proposedBy = (session: EvccSession): ChargingProfile | undefined => {
  if (session.name === 'powerOn') return profileDue(session)
  return session.name === 'renegotiation' && session.facts.renegotiation === 'offered' ? session.car.choice : undefined
}

const powerOn: Compose = (session, at) => {
  const profile = profileDue(session)
  const control = session.facts.energy?.control ?? 'scheduled'
  if (profile === undefined) return plain({ message: 'PowerDelivery', value: { EVProcessing: 'Ongoing', ChargeProgress: 'Start' } })
  const EVPowerProfile = wireProfileOf(profile, control, profileAnchor(session, at))
  return plain({ message: 'PowerDelivery', value: { EVProcessing: 'Finished', ChargeProgress: 'Start', EVPowerProfile } })
}

const renegotiation: Compose = (session) => {
  const { facts } = session
  const profile = proposedBy(session)
  const EVPowerProfile = profile && wireProfileOf(profile, facts.energy?.control ?? 'scheduled', facts.offersAt)
  const value = { EVProcessing: 'Finished', ChargeProgress: 'ScheduleRenegotiation' } as const
  return plain({ message: 'PowerDelivery', value: EVPowerProfile === undefined ? value : { ...value, EVPowerProfile } })
}

const delivery =
  (ChargeProgress: 'Stop' | 'Standby'): Compose =>
  () =>
    plain({ message: 'PowerDelivery', value: { EVProcessing: 'Finished', ChargeProgress } })

/** EVCCID as text: the MAC address in capital hexadecimal digits. */
const evccIdOf = (bytes: Uint8Array): string => bytes.toHex().toUpperCase()

const authorization: Compose = ({ facts, options }) => {
  if (facts.payments[0] !== 'contract')
    return plain({ message: 'Authorization', value: { SelectedAuthorizationService: 'EIM', EIM_AReqAuthorizationMode: {} } })
  const contract = facts.contract ?? options.crypto?.contract
  if (contract === undefined || facts.challenge === undefined) return undefined
  const mode = {
    Id: 'id1',
    GenChallenge: facts.challenge,
    ContractCertificateChain: {
      Certificate: contract.chain.leaf,
      SubCertificates: { Certificate: contract.chain.subCertificates },
    },
  }
  const exi = fragmentOf('PnC_AReqAuthorizationMode', mode)
  return signedBy(
    contract.sign,
    { id: mode.Id, exi },
    {
      message: 'Authorization',
      value: { SelectedAuthorizationService: 'PnC', PnC_AReqAuthorizationMode: mode },
    },
  )
}

const certificateInstallation: Compose = ({ options }) => {
  const provisioning = options.crypto?.provisioning
  if (provisioning === undefined) return undefined
  const { leaf, subCertificates } = provisioning.chain
  const chain = {
    Id: 'id1',
    Certificate: leaf,
    ...(subCertificates.length === 0 ? {} : { SubCertificates: { Certificate: subCertificates } }),
  }
  const exi = fragmentOf('OEMProvisioningCertificateChain', chain)
  const RootCertificateID = provisioning.rootCertificates.map(({ issuerName, serialNumber }) => ({
    X509IssuerName: issuerName,
    X509SerialNumber: serialNumber,
  }))
  return signedBy(
    provisioning.sign,
    { id: chain.Id, exi },
    {
      message: 'CertificateInstallation',
      value: {
        OEMProvisioningCertificateChain: chain,
        ListOfRootCertificateIDs: { RootCertificateID },
        MaximumContractCertificateChains: 1,
      },
    },
  )
}

/** Services whose parameters are still to be asked for: those of energy first, in the order the car likes them. */
export const detailDue = ({ facts }: EvccSession): number | undefined =>
  facts.services.find((service) => !facts.details.some((known) => known.service === service))

const serviceDetail: Compose = (session) => {
  const ServiceID = detailDue(session)
  return ServiceID === undefined ? undefined : plain({ message: 'ServiceDetail', value: { ServiceID } })
}

const serviceSelection: Compose = ({ facts, options }) => {
  const { energy } = facts
  if (energy === undefined) return undefined
  const SelectedService = options.valueAdded.flatMap(({ id, parameterSet }) => {
    const sets = facts.details.find(({ service }) => service === id)?.sets ?? []
    const set = sets.find(({ ParameterSetID }) => ParameterSetID === parameterSet) ?? (parameterSet === undefined ? sets[0] : undefined)
    return set === undefined ? [] : [{ ServiceID: id, ParameterSetID: set.ParameterSetID }]
  })
  return plain({
    message: 'ServiceSelection',
    value: {
      SelectedEnergyTransferService: { ServiceID: energy.service, ParameterSetID: energy.parameterSet },
      ...(SelectedService.length === 0 ? {} : { SelectedVASList: { SelectedService } }),
    },
  })
}

const sessionStop: Compose = ({ facts }) => {
  const ChargingSession =
    facts.endWith !== undefined
      ? 'Terminate'
      : facts.leaving === 'pause'
        ? 'Pause'
        : facts.leaving === 'services'
          ? 'ServiceRenegotiation'
          : 'Terminate'
  const { endWith } = facts
  return plain({
    message: 'SessionStop',
    value: endWith === undefined ? { ChargingSession } : { ChargingSession, EVTerminationCode: endWith.code },
  })
}

const family = (session: EvccSession) => session.facts.energy?.family ?? 'ac'

const loop: Compose = (session, at) => {
  if (family(session) === 'ac') return plain({ message: 'AC_ChargeLoop', value: acLoop(session, at) })
  if (family(session) === 'dc') return plain({ message: 'DC_ChargeLoop', value: dcLoop(session) })
  return plain({ message: 'WPT_ChargeLoop', value: wptLoop(session, at) })
}

const chargeParameters: Compose = (session) => {
  if (family(session) === 'ac') return plain({ message: 'AC_ChargeParameterDiscovery', value: acParameters(session) })
  if (family(session) === 'dc') return plain({ message: 'DC_ChargeParameterDiscovery', value: dcParameters(session) })
  return plain({ message: 'WPT_ChargeParameterDiscovery', value: wptParameters(session) })
}

const COMPOSE: Readonly<Record<Exclude<EvccStateName, 'ended'>, Compose>> = {
  sessionSetup: ({ options }) => plain({ message: 'SessionSetup', value: { EVCCID: evccIdOf(options.evccId) } }),
  authorizationSetup: () => plain({ message: 'AuthorizationSetup', value: {} }),
  certificateInstallation,
  authorization,
  serviceDiscovery: () => plain({ message: 'ServiceDiscovery', value: {} }),
  serviceDetail,
  serviceSelection,
  finePositioningSetup: () => plain({ message: 'WPT_FinePositioningSetup', value: WPT_METHODS }),
  finePositioning: (session) => plain({ message: 'WPT_FinePositioning', value: placing(session) }),
  pairing: (session) => plain({ message: 'WPT_Pairing', value: placing(session) }),
  vehiclePositioning: () => plain({ message: 'ACDP_VehiclePositioning', value: { EVMobilityStatus: false, EVPositioningSupport: false } }),
  connect: () => plain({ message: 'ACDP_Connect', value: { EVElectricalChargingDeviceStatus: 'State_B' } }),
  chargeParameters,
  alignmentCheck: (session) => plain({ message: 'WPT_AlignmentCheck', value: placing(session) }),
  scheduleExchange: (session) => plain({ message: 'ScheduleExchange', value: scheduleRequest(session) }),
  cableCheck: () => plain({ message: 'DC_CableCheck', value: {} }),
  preCharge: ({ facts, car }) =>
    plain({
      message: 'DC_PreCharge',
      value: {
        EVProcessing: facts.preCharged ? 'Finished' : 'Ongoing',
        EVPresentVoltage: presentVoltage(car),
        EVTargetVoltage: preChargeVoltage(car),
      },
    }),
  powerOn,
  charging: loop,
  toStandby: delivery('Standby'),
  standby: loop,
  renegotiation,
  powerOff: delivery('Stop'),
  weldingDetection: ({ facts }) =>
    plain({ message: 'DC_WeldingDetection', value: { EVProcessing: facts.lowVoltage ? 'Finished' : 'Ongoing' } }),
  disconnect: () => plain({ message: 'ACDP_Disconnect', value: { EVElectricalChargingDeviceStatus: 'State_A' } }),
  sessionStop,
}

/** The request of a state; undefined where something is missing that it needs. */
export const requestOf = (session: EvccSession, at: EpochMs): Composed | undefined =>
  session.name === 'ended' ? undefined : COMPOSE[session.name](session, at)

/** A pantograph's state is asked for once in each delivery. */
export const statusDue = (session: EvccSession): Composed | undefined =>
  session.facts.energy?.automatic && !session.facts.statusAsked
    ? plain({ message: 'ACDP_SystemStatus', value: systemStatusRequest(session) })
    : undefined

/** The reading that the car signs, beside the main stream. */
export const confirmationOf = ({ facts, options, sessionId }: EvccSession): Composed | undefined => {
  const contract = facts.contract ?? options.crypto?.contract
  if (contract === undefined || facts.confirm === undefined) return undefined
  const SignedMeteringData = {
    Id: 'id1',
    SessionID: sessionId,
    MeterInfo: facts.confirm,
    ...(facts.energy?.control === 'dynamic'
      ? { Dynamic_SMDTControlMode: {} }
      : { Scheduled_SMDTControlMode: { SelectedScheduleTupleID: facts.profile?.scheduleId ?? 1 } }),
  }
  const exi = fragmentOf('SignedMeteringData', SignedMeteringData)
  return signedBy(contract.sign, { id: 'id1', exi }, { message: 'MeteringConfirmation', value: { SignedMeteringData } })
}
