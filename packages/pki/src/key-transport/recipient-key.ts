import type { KeyObject } from 'node:crypto'
import { ok, type Result } from '@voltway/units'
import type { Certificate } from '../certificates/certificate.ts'
import { type KeyTransportFailure, refuseKey } from './failure.ts'

/**
 * The public key that a contract key of ISO 15118-20 is sealed for: that of the car's provisioning certificate on P-521; where it is on Ed448, which
 * only signs, the alternate one on X448 (V2G20-2534). The certificate has to allow key agreement (V2G20-822).
 */
export const recipientKeyOf = ({
  curve,
  publicKey,
  alternateKey,
  keyUsage,
}: Pick<Certificate, 'curve' | 'publicKey' | 'alternateKey' | 'keyUsage'>): Result<KeyObject, KeyTransportFailure> => {
  if (!keyUsage?.includes('keyAgreement')) return refuseKey('usage', 'the provisioning certificate does not allow key agreement')
  if (curve === 'P-521') return ok(publicKey)
  if (curve !== 'Ed448') return refuseKey('curve', 'the provisioning certificate is on no curve of ISO 15118-20')
  return alternateKey?.asymmetricKeyType === 'x448'
    ? ok(alternateKey)
    : refuseKey('curve', 'the provisioning certificate is on Ed448 and has no alternate key on X448')
}
