import type { TrustAnchor } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { type Static, Type } from 'typebox'
import { Instant, OneOf, Uuid } from '../schemas/common.ts'
import { named } from '../schemas/ref.ts'

export const TRUST_ANCHOR_USES = ['V2G', 'MO', 'OEM'] as const

export const TrustAnchorView = named(
  'TrustAnchor',
  Type.Object({
    id: Uuid,
    use: OneOf(TRUST_ANCHOR_USES),
    subject: Type.String(),
    fingerprint: Type.String({ description: 'SHA-256 of the certificate, hexadecimal' }),
    expiresAt: Instant,
    addedAt: Instant,
  }),
)
export type TrustAnchorView = Static<typeof TrustAnchorView>

export const trustAnchorView = ({ id, use, subject, fingerprint, notAfter, addedAt }: TrustAnchor): TrustAnchorView => ({
  id,
  use,
  subject,
  fingerprint: Buffer.from(fingerprint).toString('hex'),
  expiresAt: isoOf(notAfter),
  addedAt: isoOf(addedAt),
})
