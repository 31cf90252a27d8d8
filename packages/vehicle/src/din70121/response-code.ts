import type { din70121 } from '@voltway/wire/iso15118'
import type { ResponseCode } from '../iso2/message.ts'

export type DinCode = din70121.SessionStopResType['ResponseCode']

/** What DIN 70121 calls otherwise, or has no word for. */
const TO_DIN: Readonly<Partial<Record<ResponseCode, DinCode>>> = {
  FAILED_WrongEnergyTransferMode: 'FAILED_WrongEnergyTransferType',
  FAILED_NoChargeServiceSelected: 'FAILED_ServiceSelectionInvalid',
  FAILED_ContactorError: 'FAILED_PowerDeliveryNotApplied',
  FAILED_CertificateNotAllowedAtThisEVSE: 'FAILED',
  FAILED_CertificateRevoked: 'FAILED',
}

const FROM_DIN: Readonly<Partial<Record<DinCode, ResponseCode>>> = {
  FAILED_WrongEnergyTransferType: 'FAILED_WrongEnergyTransferMode',
  FAILED_EVSEPresentVoltageToLow: 'FAILED_PowerDeliveryNotApplied',
}

// A code that is in neither list has the same name on both sides.
export const toDinCode = (code: ResponseCode): DinCode => TO_DIN[code] ?? (code as DinCode)
export const fromDinCode = (code: DinCode): ResponseCode => FROM_DIN[code] ?? (code as ResponseCode)
