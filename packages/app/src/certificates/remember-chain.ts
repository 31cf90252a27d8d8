import type { Certificate } from '@voltway/pki'
import { type Database, rememberContract } from '@voltway/store'
import type { EpochMs, TenantId } from '@voltway/units'
import { canonicalEmaid, hashIdToken } from '../identity/hash-id-token.ts'

export interface Remembering {
  readonly db: Pick<Database, 'inTenant'>
  readonly hmacKey: Uint8Array
  readonly tenantId: TenantId
  readonly now: EpochMs
}

/** Keeps what names a good contract certificate, for a station that sends only hashes of it; `chain` is the leaf and the authorities above, no root. */
export const rememberChain = async (
  emaid: string,
  [leaf, ...above]: readonly Pick<Certificate, 'serialNumber' | 'notAfter' | 'ocspUrls' | 'der'>[],
  { db, hmacKey, tenantId, now }: Remembering,
): Promise<void> => {
  if (!leaf) return
  const { serialNumber, notAfter, ocspUrls } = leaf
  const authorities = above.map(({ der }) => der)
  const tokenHash = hashIdToken(canonicalEmaid(emaid), hmacKey)
  const seen = { tokenHash, serialNumber, notAfter, ocspUrl: ocspUrls[0] ?? null, authorities, seenAt: now }
  await db.inTenant(tenantId, (tx) => rememberContract(tx, tenantId, seen))
}
