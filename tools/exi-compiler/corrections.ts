import { clark } from './schema-set.ts'

/** Lengths of simple types by which schemas fall behind the text of their standard, which says otherwise and wins. */
export const CORRECTED_LENGTHS: Readonly<Record<string, { readonly minLength: number; readonly maxLength: number }>> = {
  // One length for both curves in the schema; in the text 133 bytes on SECP521 and 57 on X448, without filler (V2G20-2489 with note 7, 2495).
  [clark('urn:iso:std:iso:15118:-20:CommonMessages', 'dhPublicKeyType')]: { minLength: 57, maxLength: 133 },
}
