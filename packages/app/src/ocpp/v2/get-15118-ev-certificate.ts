import { get15118EVCertificate } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'

/** OCPP 2.0.1, M01 and M02. A refusal has no answer for the car: the station makes one with the code that fits. */
export const onGet15118EVCertificate = handles(get15118EVCertificate, async ({ iso15118SchemaVersion, exiRequest }, context) => {
  const exi = new Uint8Array(Buffer.from(exiRequest, 'base64'))
  const installed = await context.installContract({ schemaVersion: iso15118SchemaVersion, exi })
  if (installed.ok)
    return { facts: [], reply: { status: 'Accepted' as const, exiResponse: Buffer.from(installed.value).toString('base64') } }
  const { code, reason } = installed.failure
  return {
    facts: [],
    reply: { status: 'Failed' as const, statusInfo: { reasonCode: code, additionalInfo: reason.slice(0, 512) }, exiResponse: '' },
    alarms: code === 'NoAuthority' ? [] : [{ kind: 'ContractNotInstalled', detail: { code, reason } }],
  }
})
