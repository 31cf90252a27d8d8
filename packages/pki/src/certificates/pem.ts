const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g

/** A certificate as a PEM block (RFC 7468), with a line break at its end. */
export const pemOf = (der: Uint8Array): string => {
  const lines = der.toBase64().match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** The certificates of a PEM text in their order, as DER; undefined where a block is no base64. Text between blocks is passed over. */
export const dersOfPem = (pem: string): readonly Uint8Array[] | undefined => {
  try {
    return [...pem.matchAll(BLOCK)].map(([, base64 = '']) => Uint8Array.fromBase64(base64))
  } catch {
    return undefined
  }
}
