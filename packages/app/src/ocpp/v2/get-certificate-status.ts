import { getCertificateStatus } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'

/** OCPP has room for so many characters of base64. */
const MOST_CHARACTERS = 5_500

const failed = (reasonCode: string, why: string) => ({
  facts: [],
  reply: { status: 'Failed' as const, statusInfo: { reasonCode, additionalInfo: why.slice(0, 512) } },
})

/** OCPP 2.0.1, M06: the responder's answer as it came, for the station to staple; the car checks it. */
export const onGetCertificateStatus = handles(
  getCertificateStatus,
  async ({ ocspRequestData: { responderURL, ...certificate } }, { askOcsp }) => {
    try {
      const ocspResult = Buffer.from(await askOcsp(responderURL, certificate)).toString('base64')
      if (ocspResult.length > MOST_CHARACTERS) return failed('TooLarge', `the answer has ${ocspResult.length} characters`)
      return { facts: [], reply: { status: 'Accepted' as const, ocspResult } }
    } catch (error) {
      return failed('NoAnswer', error instanceof Error ? error.message : String(error))
    }
  },
)
