import type { Certificate, RandomBytes } from '@voltway/pki'
import type { Contract, Database } from '@voltway/store'
import { type EpochMs, fail, type TenantId } from '@voltway/units'
import type { ContractAuthority, OwnCertificate } from './contract-authority.ts'

export interface InstallServices {
  readonly db: Pick<Database, 'inTenant'>
  readonly hmacKey: Uint8Array
  readonly random: RandomBytes
  /** Undefined where no contracts are issued. */
  readonly authority: ContractAuthority | undefined
  readonly tenantId: TenantId
  readonly now: EpochMs
}

/** A code for the station, and the whole reason. */
export interface NotInstalled {
  readonly code:
    | 'NoAuthority'
    | 'UnknownSchema'
    | 'Malformed'
    | 'ChainRefused'
    | 'SignatureRefused'
    | 'NoContract'
    | 'NotIssued'
    | 'TooLarge'
  readonly reason: string
}

/** The whole answer to the car, and what is in it. */
export interface Installed {
  readonly exi: Uint8Array
  readonly certificate: Certificate
  readonly contract: Contract
  /** Whose authority issued it. */
  readonly operator: OwnCertificate
}

export const refuseInstallation = (code: NotInstalled['code'], reason: string) => fail<NotInstalled>({ code, reason })
