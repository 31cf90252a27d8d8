/** The sets whose messages are signed. AC, DC, WPT and ACDP of -20 have no signed message. */
export type SigningSchema = 'iso15118-2' | 'iso15118-20/CommonMessages'

/** One element that is signed. */
export interface SignedPart {
  /** Its name, as the fragment grammar has it. */
  readonly element: string
  /** From the message's own element; lists on the way are walked whole. */
  readonly path: readonly string[]
}

const whole = (element: string): readonly SignedPart[] => [{ element, path: [] }]
const inside = (...elements: readonly string[]): readonly SignedPart[] => elements.map((element) => ({ element, path: [element] }))

const INSTALLATION = inside('ContractSignatureCertChain', 'ContractSignatureEncryptedPrivateKey', 'DHpublickey', 'eMAID')
const PRICES = 'AbsolutePriceSchedule'
const TUPLE = ['Scheduled_SEResControlMode', 'ScheduleTuple'] as const

/**
 * What is signed in each message. A tariff or a price schedule is there or not; where the message has several, all are signed.
 */
export const SIGNED_PARTS: Readonly<Record<SigningSchema, Readonly<Record<string, readonly SignedPart[]>>>> = {
  'iso15118-2': {
    AuthorizationReq: whole('AuthorizationReq'),
    MeteringReceiptReq: whole('MeteringReceiptReq'),
    CertificateInstallationReq: whole('CertificateInstallationReq'),
    CertificateInstallationRes: INSTALLATION,
    CertificateUpdateReq: whole('CertificateUpdateReq'),
    CertificateUpdateRes: INSTALLATION,
    ChargeParameterDiscoveryRes: [{ element: 'SalesTariff', path: ['SAScheduleList', 'SAScheduleTuple', 'SalesTariff'] }],
  },
  'iso15118-20/CommonMessages': {
    AuthorizationReq: inside('PnC_AReqAuthorizationMode'),
    CertificateInstallationReq: inside('OEMProvisioningCertificateChain'),
    CertificateInstallationRes: inside('SignedInstallationData'),
    MeteringConfirmationReq: inside('SignedMeteringData'),
    ScheduleExchangeRes: [
      { element: PRICES, path: ['Dynamic_SEResControlMode', PRICES] },
      { element: PRICES, path: [...TUPLE, 'ChargingSchedule', PRICES] },
      { element: PRICES, path: [...TUPLE, 'DischargingSchedule', PRICES] },
    ],
  },
}
