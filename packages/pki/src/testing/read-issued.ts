import type { Certificate } from '../certificates/certificate.ts'
import { readCertificate } from '../certificates/read-certificate.ts'

/** A certificate that a test has made itself. */
export const readIssued = ({ der }: { readonly der: Uint8Array }): Certificate => {
  const read = readCertificate(der)
  if (!read.ok) throw new Error(read.failure.message)
  return read.value
}
