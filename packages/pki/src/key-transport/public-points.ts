import { createPublicKey, type KeyObject } from 'node:crypto'
import { keyBitsOf } from '../certificates/issue-certificate.ts'
import type { Curve } from '../keys/curve.ts'

export type AgreementCurve = Exclude<Curve, 'Ed448'>

interface PointForm {
  /** Bytes of a DHpublickey. */
  readonly length: number
  /** SubjectPublicKeyInfo up to the key itself. */
  readonly spki: string
  /** Whether the key itself begins with the 04 of an uncompressed point; X448 has it only in the message. */
  readonly tagged: boolean
}

const FORMS: Readonly<Record<AgreementCurve, PointForm>> = {
  'P-256': { length: 65, spki: '3059301306072a8648ce3d020106082a8648ce3d030107034200', tagged: true },
  'P-521': { length: 133, spki: '30819b301006072a8648ce3d020106052b8104002303818600', tagged: true },
  X448: { length: 57, spki: '3042300506032b656f033900', tagged: false },
}

/** A public key as the DHpublickey element has it: 04 and the coordinates, for X448 04 and the 56 bytes. */
export const pointOf = (curve: AgreementCurve, key: KeyObject): Uint8Array =>
  FORMS[curve].tagged ? keyBitsOf(key) : Uint8Array.of(4, ...keyBitsOf(key))

/** The public key of a DHpublickey; undefined when it is of another form or not on the curve. */
export const keyOfPoint = (curve: AgreementCurve, point: Uint8Array): KeyObject | undefined => {
  const { length, spki, tagged } = FORMS[curve]
  if (point.length !== length || point[0] !== 4) return undefined
  try {
    return createPublicKey({
      key: Buffer.concat([Buffer.from(spki, 'hex'), tagged ? point : point.subarray(1)]),
      format: 'der',
      type: 'spki',
    })
  } catch {
    return undefined
  }
}
