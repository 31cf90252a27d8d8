import type { KeyObject } from 'node:crypto'

/** The curves of ISO 15118: the first is that of -2, the others are of -20. */
export type Curve = 'P-256' | 'P-521' | 'Ed448' | 'X448'

/** A curve that signs. */
export type SigningCurve = Exclude<Curve, 'X448'>

const NAMED: Readonly<Record<string, Curve>> = { prime256v1: 'P-256', secp521r1: 'P-521' }
const EDWARDS: Readonly<Record<string, Curve>> = { ed448: 'Ed448', x448: 'X448' }

/** The curve of a key; undefined when it is of another kind (RSA, other curves). */
export const curveOf = (key: KeyObject): Curve | undefined => {
  const type = key.asymmetricKeyType ?? ''
  if (type === 'ec') return NAMED[key.asymmetricKeyDetails?.namedCurve ?? '']
  return Object.hasOwn(EDWARDS, type) ? EDWARDS[type] : undefined
}
