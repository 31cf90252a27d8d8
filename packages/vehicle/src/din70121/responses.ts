import { watts } from '@voltway/units'
import type { din70121, iso2 } from '@voltway/wire/iso15118'
import type { ResponseBody, Responses } from '../iso2/message.ts'
import { amperesOf, optional, physicalWatts, voltsOf } from '../iso2/physical.ts'
import { acStatusFrom, acStatusTo, evseStatusFrom, evseStatusTo, physicalFrom, schedulesFrom, schedulesTo } from './common-types.ts'
import { evseIdFrom, evseIdTo } from './evse-id.ts'
import { fromDinCode, toDinCode } from './response-code.ts'
import { unspokenTo } from './unspoken.ts'

type Body = din70121.BodyType
type Transfer = iso2.ChargeParameterDiscoveryReqType['RequestedEnergyTransferMode']

const volts = (value: din70121.PhysicalValueType) => physicalFrom(value, 'V')
const amperes = (value: din70121.PhysicalValueType) => physicalFrom(value, 'A')
const power = (value: din70121.PhysicalValueType) => physicalFrom(value, 'W')

const discoveryTo = ({
  ResponseCode,
  PaymentOptionList,
  ChargeService,
}: Responses['ServiceDiscovery']): din70121.ServiceDiscoveryResType => ({
  ResponseCode: toDinCode(ResponseCode),
  PaymentOptions: PaymentOptionList,
  ChargeService: {
    ServiceTag: { ServiceID: ChargeService.ServiceID, ServiceCategory: ChargeService.ServiceCategory },
    FreeService: ChargeService.FreeService,
    EnergyTransferType: 'DC_extended',
  },
})

/** One word of DIN 70121 may mean two transfers. */
const TRANSFERS: Readonly<Partial<Record<din70121.ServiceChargeType['EnergyTransferType'], readonly Transfer[]>>> = {
  DC_dual: ['DC_core', 'DC_extended'],
  AC_core1p_DC_extended: ['AC_single_phase_core', 'DC_extended'],
  AC_single_DC_core: ['AC_single_phase_core', 'DC_core'],
  AC_single_phase_three_phase_core_DC_extended: ['AC_single_phase_core', 'AC_three_phase_core', 'DC_extended'],
  AC_core3p_DC_extended: ['AC_three_phase_core', 'DC_extended'],
  AC_single_phase_core: ['AC_single_phase_core'],
  AC_three_phase_core: ['AC_three_phase_core'],
  DC_core: ['DC_core'],
  DC_extended: ['DC_extended'],
  DC_combo_core: ['DC_combo_core'],
}

const discoveryFrom = ({
  ResponseCode,
  PaymentOptions,
  ChargeService,
}: din70121.ServiceDiscoveryResType): Responses['ServiceDiscovery'] => ({
  ResponseCode: fromDinCode(ResponseCode),
  PaymentOptionList: PaymentOptions,
  ChargeService: {
    ServiceID: ChargeService.ServiceTag.ServiceID,
    ServiceCategory: ChargeService.ServiceTag.ServiceCategory,
    FreeService: ChargeService.FreeService,
    SupportedEnergyTransferMode: { EnergyTransferMode: TRANSFERS[ChargeService.EnergyTransferType] ?? [] },
  },
})

const parametersTo = (response: Responses['ChargeParameterDiscovery']): din70121.ChargeParameterDiscoveryResType => {
  const { ResponseCode, EVSEProcessing, SAScheduleList, DC_EVSEChargeParameter: dc, AC_EVSEChargeParameter: ac } = response
  return {
    ResponseCode: toDinCode(ResponseCode),
    EVSEProcessing: EVSEProcessing === 'Finished' ? 'Finished' : 'Ongoing',
    SAScheduleList: schedulesTo(SAScheduleList),
    ...optional('DC_EVSEChargeParameter', dc, (parameter) => ({ ...parameter, DC_EVSEStatus: evseStatusTo(parameter.DC_EVSEStatus) })),
    ...optional('AC_EVSEChargeParameter', ac, ({ AC_EVSEStatus, EVSENominalVoltage, EVSEMaxCurrent }) => ({
      AC_EVSEStatus: acStatusTo(AC_EVSEStatus),
      EVSEMaxVoltage: EVSENominalVoltage,
      EVSEMaxCurrent,
      EVSEMinCurrent: { ...EVSEMaxCurrent, Value: 0 },
    })),
  }
}

const supplyFrom = (parameter: din70121.DC_EVSEChargeParameterType): iso2.DC_EVSEChargeParameterType => {
  const current = amperes(parameter.EVSEMaximumCurrentLimit)
  const voltage = volts(parameter.EVSEMaximumVoltageLimit)
  return {
    DC_EVSEStatus: evseStatusFrom(parameter.DC_EVSEStatus),
    EVSEMaximumCurrentLimit: current,
    // DIN 70121 may leave the power out: what voltage and current allow.
    EVSEMaximumPowerLimit: parameter.EVSEMaximumPowerLimit
      ? power(parameter.EVSEMaximumPowerLimit)
      : physicalWatts(watts(amperesOf(current) * voltsOf(voltage))),
    EVSEMaximumVoltageLimit: voltage,
    EVSEMinimumCurrentLimit: amperes(parameter.EVSEMinimumCurrentLimit),
    EVSEMinimumVoltageLimit: volts(parameter.EVSEMinimumVoltageLimit),
    ...optional('EVSECurrentRegulationTolerance', parameter.EVSECurrentRegulationTolerance, amperes),
    EVSEPeakCurrentRipple: amperes(parameter.EVSEPeakCurrentRipple),
    ...optional('EVSEEnergyToBeDelivered', parameter.EVSEEnergyToBeDelivered, (energy) => physicalFrom(energy, 'Wh')),
  }
}

const demandFrom = (response: din70121.CurrentDemandResType): Responses['CurrentDemand'] => ({
  ResponseCode: fromDinCode(response.ResponseCode),
  DC_EVSEStatus: evseStatusFrom(response.DC_EVSEStatus),
  EVSEPresentVoltage: volts(response.EVSEPresentVoltage),
  EVSEPresentCurrent: amperes(response.EVSEPresentCurrent),
  EVSECurrentLimitAchieved: response.EVSECurrentLimitAchieved,
  EVSEVoltageLimitAchieved: response.EVSEVoltageLimitAchieved,
  EVSEPowerLimitAchieved: response.EVSEPowerLimitAchieved,
  ...optional('EVSEMaximumVoltageLimit', response.EVSEMaximumVoltageLimit, volts),
  ...optional('EVSEMaximumCurrentLimit', response.EVSEMaximumCurrentLimit, amperes),
  ...optional('EVSEMaximumPowerLimit', response.EVSEMaximumPowerLimit, power),
  EVSEID: '',
  SAScheduleTupleID: 1,
})

/** A response of DIN 70121 in the words of ISO 15118-2; undefined where it has no place in the sequence. */
export const responseFrom = (body: Body): ResponseBody | undefined => {
  if (body.SessionSetupRes) {
    const { ResponseCode, EVSEID, DateTimeNow } = body.SessionSetupRes
    const value = {
      ResponseCode: fromDinCode(ResponseCode),
      EVSEID: evseIdFrom(EVSEID),
      ...optional('EVSETimeStamp', DateTimeNow, (at) => at),
    }
    return { message: 'SessionSetup', value }
  }
  if (body.ServiceDiscoveryRes) return { message: 'ServiceDiscovery', value: discoveryFrom(body.ServiceDiscoveryRes) }
  if (body.ServicePaymentSelectionRes)
    return { message: 'PaymentServiceSelection', value: { ResponseCode: fromDinCode(body.ServicePaymentSelectionRes.ResponseCode) } }
  if (body.ContractAuthenticationRes) {
    const { ResponseCode, EVSEProcessing } = body.ContractAuthenticationRes
    return { message: 'Authorization', value: { ResponseCode: fromDinCode(ResponseCode), EVSEProcessing } }
  }
  if (body.ChargeParameterDiscoveryRes) {
    const { ResponseCode, EVSEProcessing, SAScheduleList, DC_EVSEChargeParameter } = body.ChargeParameterDiscoveryRes
    const value = {
      ResponseCode: fromDinCode(ResponseCode),
      EVSEProcessing,
      SAScheduleList: schedulesFrom(SAScheduleList),
      ...optional('DC_EVSEChargeParameter', DC_EVSEChargeParameter, supplyFrom),
    }
    return { message: 'ChargeParameterDiscovery', value }
  }
  if (body.CableCheckRes) {
    const { ResponseCode, DC_EVSEStatus, EVSEProcessing } = body.CableCheckRes
    return {
      message: 'CableCheck',
      value: { ResponseCode: fromDinCode(ResponseCode), DC_EVSEStatus: evseStatusFrom(DC_EVSEStatus), EVSEProcessing },
    }
  }
  if (body.PreChargeRes) return { message: 'PreCharge', value: voltageFrom(body.PreChargeRes) }
  if (body.WeldingDetectionRes) return { message: 'WeldingDetection', value: voltageFrom(body.WeldingDetectionRes) }
  if (body.PowerDeliveryRes) {
    const { ResponseCode, DC_EVSEStatus, AC_EVSEStatus } = body.PowerDeliveryRes
    const value = {
      ResponseCode: fromDinCode(ResponseCode),
      ...optional('DC_EVSEStatus', DC_EVSEStatus, evseStatusFrom),
      ...optional('AC_EVSEStatus', AC_EVSEStatus, acStatusFrom),
    }
    return { message: 'PowerDelivery', value }
  }
  if (body.CurrentDemandRes) return { message: 'CurrentDemand', value: demandFrom(body.CurrentDemandRes) }
  if (body.SessionStopRes) return { message: 'SessionStop', value: { ResponseCode: fromDinCode(body.SessionStopRes.ResponseCode) } }
  return undefined
}

const voltageFrom = ({ ResponseCode, DC_EVSEStatus, EVSEPresentVoltage }: din70121.PreChargeResType) => ({
  ResponseCode: fromDinCode(ResponseCode),
  DC_EVSEStatus: evseStatusFrom(DC_EVSEStatus),
  EVSEPresentVoltage: volts(EVSEPresentVoltage),
})
const voltageTo = ({ ResponseCode, DC_EVSEStatus, EVSEPresentVoltage }: Responses['PreCharge']): din70121.PreChargeResType => ({
  ResponseCode: toDinCode(ResponseCode),
  DC_EVSEStatus: evseStatusTo(DC_EVSEStatus),
  EVSEPresentVoltage,
})

const demandTo = ({
  EVSEID: _,
  SAScheduleTupleID: __,
  MeterInfo: ___,
  ReceiptRequired: ____,
  ...response
}: Responses['CurrentDemand']): din70121.CurrentDemandResType => ({
  ...response,
  ResponseCode: toDinCode(response.ResponseCode),
  DC_EVSEStatus: evseStatusTo(response.DC_EVSEStatus),
})

/** A response in the words of DIN 70121. */
export const responseTo = (body: ResponseBody): Body => {
  switch (body.message) {
    case 'SessionSetup': {
      const { ResponseCode, EVSEID, EVSETimeStamp } = body.value
      return {
        SessionSetupRes: {
          ResponseCode: toDinCode(ResponseCode),
          EVSEID: evseIdTo(EVSEID),
          ...optional('DateTimeNow', EVSETimeStamp, (at) => at),
        },
      }
    }
    case 'ServiceDiscovery':
      return { ServiceDiscoveryRes: discoveryTo(body.value) }
    case 'PaymentServiceSelection':
      return { ServicePaymentSelectionRes: { ResponseCode: toDinCode(body.value.ResponseCode) } }
    case 'Authorization': {
      const { ResponseCode, EVSEProcessing } = body.value
      return {
        ContractAuthenticationRes: {
          ResponseCode: toDinCode(ResponseCode),
          EVSEProcessing: EVSEProcessing === 'Finished' ? 'Finished' : 'Ongoing',
        },
      }
    }
    case 'ChargeParameterDiscovery':
      return { ChargeParameterDiscoveryRes: parametersTo(body.value) }
    case 'CableCheck': {
      const { ResponseCode, DC_EVSEStatus, EVSEProcessing } = body.value
      return {
        CableCheckRes: {
          ResponseCode: toDinCode(ResponseCode),
          DC_EVSEStatus: evseStatusTo(DC_EVSEStatus),
          EVSEProcessing: EVSEProcessing === 'Finished' ? 'Finished' : 'Ongoing',
        },
      }
    }
    case 'PreCharge':
      return { PreChargeRes: voltageTo(body.value) }
    case 'WeldingDetection':
      return { WeldingDetectionRes: voltageTo(body.value) }
    case 'PowerDelivery': {
      const { ResponseCode, DC_EVSEStatus, AC_EVSEStatus } = body.value
      return {
        PowerDeliveryRes: {
          ResponseCode: toDinCode(ResponseCode),
          ...optional('DC_EVSEStatus', DC_EVSEStatus, evseStatusTo),
          ...optional('AC_EVSEStatus', AC_EVSEStatus, acStatusTo),
        },
      }
    }
    case 'CurrentDemand':
      return { CurrentDemandRes: demandTo(body.value) }
    case 'SessionStop':
      return { SessionStopRes: { ResponseCode: toDinCode(body.value.ResponseCode) } }
    default:
      return unspokenTo(body)
  }
}
