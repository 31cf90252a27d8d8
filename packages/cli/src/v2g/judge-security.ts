import type { Message } from '@voltway/vehicle/transport'
import type { SchemaName } from '@voltway/wire/iso15118'
import { bodyOf } from './message-fields.ts'
import type { TlsFacts } from './tls/tls-reader.ts'

/** What is asked for and never allowed without TLS, ISO 15118-2 table 2. */
const secretIn = (message: Message): string | undefined => {
  const { name } = message
  if (name === 'CertificateInstallationReq' || name === 'CertificateUpdateReq') return 'a contract is asked for'
  return name === 'PaymentServiceSelectionReq' && bodyOf(message).SelectedPaymentOption === 'Contract' ? 'a contract is to pay' : undefined
}

/**
 * What is wrong with saying a message over this link.
 * @param agreed the protocol that this message, an answered handshake, agrees on; undefined for every other message
 * @param tls undefined over plain TCP
 */
export const judgeSecurity = (message: Message, agreed: SchemaName | undefined, tls: TlsFacts | undefined): readonly string[] => {
  const found: string[] = []
  if (message.name === 'supportedAppProtocolRes' && agreed?.startsWith('iso15118-20/') && tls?.version !== '1.3')
    found.push(`ISO 15118-20 was agreed on over ${tls === undefined ? 'plain TCP' : 'TLS 1.2'}: it asks for TLS 1.3`)
  const secret = tls === undefined ? secretIn(message) : undefined
  if (secret !== undefined) found.push(`${secret} without TLS`)
  return found
}
