import { CertID } from '@peculiar/asn1-ocsp'
import { OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { type CertificateHashData, type HashAlgorithm, serialText } from './hash-data.ts'

const OIDS: Readonly<Record<HashAlgorithm, string>> = {
  SHA256: '2.16.840.1.101.3.4.2.1',
  SHA384: '2.16.840.1.101.3.4.2.2',
  SHA512: '2.16.840.1.101.3.4.2.3',
}

const octets = (hex: string): OctetString => new OctetString(Uint8Array.fromHex(hex).buffer)

/** A positive INTEGER: with a zero byte in front where the first bit is set. */
const integer = (hex: string): ArrayBuffer => {
  const bytes = Uint8Array.fromHex(hex.length % 2 === 0 ? hex : `0${hex}`)
  return (bytes[0]! > 0x7f ? Uint8Array.of(0, ...bytes) : bytes).buffer
}

/** @throws when a field is not hexadecimal */
export const certIdOf = ({ hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }: CertificateHashData): CertID =>
  new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: OIDS[hashAlgorithm], parameters: null }),
    issuerNameHash: octets(issuerNameHash),
    issuerKeyHash: octets(issuerKeyHash),
    serialNumber: integer(serialNumber),
  })

/** Undefined for a hash that OCPP does not have. */
export const hashDataOfCertId = ({
  hashAlgorithm,
  issuerNameHash,
  issuerKeyHash,
  serialNumber,
}: CertID): CertificateHashData | undefined => {
  const name = (Object.keys(OIDS) as HashAlgorithm[]).find((one) => OIDS[one] === hashAlgorithm.algorithm)
  const hex = ({ buffer }: OctetString): string => new Uint8Array(buffer).toHex()
  return (
    name && {
      hashAlgorithm: name,
      issuerNameHash: hex(issuerNameHash),
      issuerKeyHash: hex(issuerKeyHash),
      serialNumber: serialText(new Uint8Array(serialNumber)),
    }
  )
}
