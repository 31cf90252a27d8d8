import { watts } from '@voltway/units'
import type { din70121, iso2 } from '@voltway/wire/iso15118'
import { NO_SCHEDULE, type RequestBody, type Requests } from '../iso2/message.ts'
import { optional, physicalWatts, wattsOf } from '../iso2/physical.ts'
import { evStatusFrom, physicalFrom } from './common-types.ts'

type Body = din70121.BodyType

const seconds = (value: din70121.PhysicalValueType) => physicalFrom(value, 's')
const volts = (value: din70121.PhysicalValueType) => physicalFrom(value, 'V')
const amperes = (value: din70121.PhysicalValueType) => physicalFrom(value, 'A')
const power = (value: din70121.PhysicalValueType) => physicalFrom(value, 'W')
const energy = (value: din70121.PhysicalValueType) => physicalFrom(value, 'Wh')

const dcParameterFrom = (parameter: din70121.DC_EVChargeParameterType): iso2.DC_EVChargeParameterType => ({
  DC_EVStatus: evStatusFrom(parameter.DC_EVStatus),
  EVMaximumCurrentLimit: amperes(parameter.EVMaximumCurrentLimit),
  ...optional('EVMaximumPowerLimit', parameter.EVMaximumPowerLimit, power),
  EVMaximumVoltageLimit: volts(parameter.EVMaximumVoltageLimit),
  ...optional('EVEnergyCapacity', parameter.EVEnergyCapacity, energy),
  ...optional('EVEnergyRequest', parameter.EVEnergyRequest, energy),
  ...optional('FullSOC', parameter.FullSOC, (soc) => soc),
  ...optional('BulkSOC', parameter.BulkSOC, (soc) => soc),
})

const parametersFrom = (request: din70121.ChargeParameterDiscoveryReqType): Requests['ChargeParameterDiscovery'] => ({
  RequestedEnergyTransferMode: request.EVRequestedEnergyTransferType,
  ...optional('DC_EVChargeParameter', request.DC_EVChargeParameter, dcParameterFrom),
})

const powerDeliveryFrom = (request: din70121.PowerDeliveryReqType): Requests['PowerDelivery'] => ({
  ChargeProgress: request.ReadyToChargeState ? 'Start' : 'Stop',
  // The profile, and with it the schedule's number, may be left out.
  SAScheduleTupleID: request.ChargingProfile?.SAScheduleTupleID ?? NO_SCHEDULE,
  ...optional('ChargingProfile', request.ChargingProfile, ({ ProfileEntry }) => ({
    ProfileEntry: ProfileEntry.map(({ ChargingProfileEntryStart, ChargingProfileEntryMaxPower }) => ({
      ChargingProfileEntryStart,
      ChargingProfileEntryMaxPower: physicalWatts(watts(ChargingProfileEntryMaxPower)),
    })),
  })),
  ...optional('DC_EVPowerDeliveryParameter', request.DC_EVPowerDeliveryParameter, ({ DC_EVStatus, ...rest }) => ({
    ...rest,
    DC_EVStatus: evStatusFrom(DC_EVStatus),
  })),
})

const currentDemandFrom = (request: din70121.CurrentDemandReqType): Requests['CurrentDemand'] => ({
  DC_EVStatus: evStatusFrom(request.DC_EVStatus),
  EVTargetCurrent: amperes(request.EVTargetCurrent),
  ...optional('EVMaximumVoltageLimit', request.EVMaximumVoltageLimit, volts),
  ...optional('EVMaximumCurrentLimit', request.EVMaximumCurrentLimit, amperes),
  ...optional('EVMaximumPowerLimit', request.EVMaximumPowerLimit, power),
  ...optional('BulkChargingComplete', request.BulkChargingComplete, (complete) => complete),
  ChargingComplete: request.ChargingComplete,
  ...optional('RemainingTimeToFullSoC', request.RemainingTimeToFullSoC, seconds),
  ...optional('RemainingTimeToBulkSoC', request.RemainingTimeToBulkSoC, seconds),
  EVTargetVoltage: volts(request.EVTargetVoltage),
})

const NO_CHAIN = { Certificate: new Uint8Array() }
const NO_ROOTS = { RootCertificateID: [] }

/**
 * A request of DIN 70121 in the words of ISO 15118-2. Those that DIN 70121 has in its schema but not in its sequence keep their name
 * and nothing else: they are refused in every state.
 */
export const requestFrom = (body: Body): RequestBody | undefined => {
  if (body.SessionSetupReq) return { message: 'SessionSetup', value: body.SessionSetupReq }
  if (body.ServiceDiscoveryReq) return { message: 'ServiceDiscovery', value: body.ServiceDiscoveryReq }
  if (body.ServiceDetailReq) return { message: 'ServiceDetail', value: body.ServiceDetailReq }
  if (body.ServicePaymentSelectionReq) return { message: 'PaymentServiceSelection', value: body.ServicePaymentSelectionReq }
  if (body.ContractAuthenticationReq) return { message: 'Authorization', value: {} }
  if (body.ChargeParameterDiscoveryReq)
    return { message: 'ChargeParameterDiscovery', value: parametersFrom(body.ChargeParameterDiscoveryReq) }
  if (body.CableCheckReq) return { message: 'CableCheck', value: { DC_EVStatus: evStatusFrom(body.CableCheckReq.DC_EVStatus) } }
  if (body.PreChargeReq) {
    const { DC_EVStatus, EVTargetVoltage, EVTargetCurrent } = body.PreChargeReq
    const value = {
      DC_EVStatus: evStatusFrom(DC_EVStatus),
      EVTargetVoltage: volts(EVTargetVoltage),
      EVTargetCurrent: amperes(EVTargetCurrent),
    }
    return { message: 'PreCharge', value }
  }
  if (body.PowerDeliveryReq) return { message: 'PowerDelivery', value: powerDeliveryFrom(body.PowerDeliveryReq) }
  if (body.CurrentDemandReq) return { message: 'CurrentDemand', value: currentDemandFrom(body.CurrentDemandReq) }
  if (body.WeldingDetectionReq)
    return { message: 'WeldingDetection', value: { DC_EVStatus: evStatusFrom(body.WeldingDetectionReq.DC_EVStatus) } }
  if (body.SessionStopReq) return { message: 'SessionStop', value: { ChargingSession: 'Terminate' } }
  if (body.ChargingStatusReq) return { message: 'ChargingStatus', value: {} }
  if (body.MeteringReceiptReq)
    return {
      message: 'MeteringReceipt',
      value: { SessionID: body.MeteringReceiptReq.SessionID, MeterInfo: { MeterID: body.MeteringReceiptReq.MeterInfo.MeterID } },
    }
  if (body.PaymentDetailsReq)
    return { message: 'PaymentDetails', value: { eMAID: body.PaymentDetailsReq.ContractID, ContractSignatureCertChain: NO_CHAIN } }
  if (body.CertificateInstallationReq)
    return {
      message: 'CertificateInstallation',
      value: { Id: '', OEMProvisioningCert: NO_CHAIN.Certificate, ListOfRootCertificateIDs: NO_ROOTS },
    }
  if (body.CertificateUpdateReq)
    return {
      message: 'CertificateUpdate',
      value: { Id: '', ContractSignatureCertChain: NO_CHAIN, eMAID: '', ListOfRootCertificateIDs: NO_ROOTS },
    }
  return undefined
}

const parametersTo = (request: Requests['ChargeParameterDiscovery']): din70121.ChargeParameterDiscoveryReqType => ({
  EVRequestedEnergyTransferType: request.RequestedEnergyTransferMode,
  ...optional('DC_EVChargeParameter', request.DC_EVChargeParameter, ({ DepartureTime: _, ...parameter }) => parameter),
})

const powerDeliveryTo = (request: Requests['PowerDelivery']): din70121.PowerDeliveryReqType => ({
  ReadyToChargeState: request.ChargeProgress === 'Start',
  ...optional('ChargingProfile', request.ChargingProfile, ({ ProfileEntry }) => ({
    SAScheduleTupleID: request.SAScheduleTupleID,
    ProfileEntry: ProfileEntry.map(({ ChargingProfileEntryStart, ChargingProfileEntryMaxPower }) => ({
      ChargingProfileEntryStart,
      ChargingProfileEntryMaxPower: Math.min(32_767, Math.trunc(wattsOf(ChargingProfileEntryMaxPower))),
    })),
  })),
  ...optional('DC_EVPowerDeliveryParameter', request.DC_EVPowerDeliveryParameter, (parameter) => parameter),
})

/** A request in the words of DIN 70121; undefined where it has none. */
export const requestTo = (body: RequestBody): Body | undefined => {
  switch (body.message) {
    case 'SessionSetup':
      return { SessionSetupReq: body.value }
    case 'ServiceDiscovery':
      return { ServiceDiscoveryReq: body.value }
    case 'PaymentServiceSelection':
      return { ServicePaymentSelectionReq: body.value }
    case 'Authorization':
      return { ContractAuthenticationReq: {} }
    case 'ChargeParameterDiscovery':
      return { ChargeParameterDiscoveryReq: parametersTo(body.value) }
    case 'CableCheck':
      return { CableCheckReq: body.value }
    case 'PreCharge':
      return { PreChargeReq: body.value }
    case 'PowerDelivery':
      return { PowerDeliveryReq: powerDeliveryTo(body.value) }
    case 'CurrentDemand':
      return { CurrentDemandReq: body.value }
    case 'WeldingDetection':
      return { WeldingDetectionReq: body.value }
    case 'SessionStop':
      return { SessionStopReq: {} }
    default:
      return undefined
  }
}
