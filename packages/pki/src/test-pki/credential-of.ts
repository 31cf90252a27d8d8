import type { Issued } from './test-pki.ts'

/** A certificate with its key as TLS shows it: the leaf first, then the authorities above, without the root. */
export const credentialOf = ({ der, intermediates, privateKey, alternateKey }: Issued) => ({
  chain: [der, ...intermediates],
  privateKey,
  ...(alternateKey && { alternateKey }),
})
