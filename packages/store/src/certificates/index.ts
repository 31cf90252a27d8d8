export type { TrustAnchorUse } from '../tables/certificate-tables.ts'
export * from './contracts.ts'
export * from './known-contracts.ts'
export * from './trust-anchors.ts'
