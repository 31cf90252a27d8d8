export type { KeyTransportCode, KeyTransportFailure } from './failure.ts'
export { unwrapContractKey, type WrappedKey, wrapContractKey } from './iso2-contract-key.ts'
export {
  contractKeyBinding,
  type EcdhCurve,
  openContractKey,
  openKeyBytes,
  type SealedKey,
  sealContractKey,
  sealKeyBytes,
} from './iso20-contract-key.ts'
export { recipientKeyOf } from './recipient-key.ts'
