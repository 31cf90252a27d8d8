import { id_pkix_ocsp_nonce } from '@peculiar/asn1-ocsp'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { Extension } from '@peculiar/asn1-x509'

/** The nonce of a request, and of the answer to it alone (RFC 9654). */
export const nonceExtension = (nonce: Uint8Array): Extension =>
  new Extension({
    extnID: id_pkix_ocsp_nonce,
    extnValue: new OctetString(AsnConvert.serialize(new OctetString(nonce.slice().buffer))),
  })

/** @throws when there is one and it is malformed */
export const nonceIn = (extensions: readonly Extension[] | undefined): Uint8Array | undefined => {
  const extension = extensions?.find(({ extnID }) => extnID === id_pkix_ocsp_nonce)
  return extension && new Uint8Array(AsnConvert.parse(extension.extnValue.buffer, OctetString).buffer)
}
