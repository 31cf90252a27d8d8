import type { din70121 } from '@voltway/wire/iso15118'
import type { ResponseBody } from '../iso2/message.ts'
import { acStatusTo } from './common-types.ts'
import { evseIdTo } from './evse-id.ts'
import { toDinCode } from './response-code.ts'

type Unspoken = ResponseBody & {
  readonly message:
    | 'ServiceDetail'
    | 'CertificateInstallation'
    | 'CertificateUpdate'
    | 'PaymentDetails'
    | 'ChargingStatus'
    | 'MeteringReceipt'
}

const IDLE = acStatusTo({ NotificationMaxDelay: 0, EVSENotification: 'None', RCD: false })
const NO_BYTES = new Uint8Array(1)
const NOTHING = {
  Id: 'id1',
  ContractSignatureCertChain: { Certificate: NO_BYTES },
  ContractSignatureEncryptedPrivateKey: NO_BYTES,
  DHParams: NO_BYTES,
  ContractID: 'XX',
} as const

/** Responses that the schema of DIN 70121 has and its sequence has not: said only to refuse. */
export const unspokenTo = (body: Unspoken): din70121.BodyType => {
  const ResponseCode = toDinCode(body.value.ResponseCode)
  switch (body.message) {
    case 'ServiceDetail':
      return { ServiceDetailRes: { ResponseCode, ServiceID: body.value.ServiceID } }
    case 'CertificateInstallation':
      return { CertificateInstallationRes: { ResponseCode, ...NOTHING } }
    case 'CertificateUpdate':
      return { CertificateUpdateRes: { ResponseCode, ...NOTHING, RetryCounter: -1 } }
    case 'PaymentDetails':
      return { PaymentDetailsRes: { ResponseCode, GenChallenge: '', DateTimeNow: 0n } }
    case 'ChargingStatus':
      return {
        ChargingStatusRes: {
          ResponseCode,
          EVSEID: evseIdTo(body.value.EVSEID),
          SAScheduleTupleID: body.value.SAScheduleTupleID,
          ReceiptRequired: false,
          AC_EVSEStatus: IDLE,
        },
      }
    case 'MeteringReceipt':
      return { MeteringReceiptRes: { ResponseCode, AC_EVSEStatus: IDLE } }
  }
}
