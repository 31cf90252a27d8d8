import type { ContractId, DriverId, EpochMs, IdTokenId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface NewContract {
  readonly id: ContractId
  readonly driverId: DriverId
  readonly idTokenId: IdTokenId
  readonly emaid: string
  readonly pcidHash: Uint8Array
  readonly createdAt: EpochMs
}

/** A contract as a car may fetch it. */
export interface Contract {
  readonly id: ContractId
  readonly emaid: string
  readonly createdAt: EpochMs
  readonly installedAt: EpochMs | null
  /** Neither its token nor its driver is blocked, and its token has not expired. */
  readonly isGood: boolean
}

/** @returns false where that car, or that account, has a contract already */
export const insertContract = async (tx: Transaction<Tables>, tenantId: TenantId, contract: NewContract): Promise<boolean> => {
  const { id, driverId, idTokenId, emaid, pcidHash, createdAt } = contract
  const { numAffectedRows } = await sql`
    insert into voltway.contract (tenant_id, id, driver_id, id_token_id, emaid, pcid_hash, created_at)
    values (${tenantId}, ${id}, ${driverId}, ${idTokenId}, ${emaid}, ${Buffer.from(pcidHash)}, ${createdAt})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

const contracts = (now: EpochMs) => sql`
  select contract.id, contract.emaid, contract.created_at as "createdAt", contract.installed_at as "installedAt",
    token.state = 'active' and coalesce(token.expires_at > ${now}, true) and driver.state = 'active' as "isGood"
  from voltway.contract
  join voltway.id_token token on token.tenant_id = contract.tenant_id and token.id = contract.id_token_id
  join voltway.driver on driver.tenant_id = contract.tenant_id and driver.id = contract.driver_id`

/** Of a car by its PCID, or of an account by its eMAID. */
export const findContract = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { now, ...by }: { readonly now: EpochMs } & ({ readonly pcidHash: Uint8Array } | { readonly emaid: string }),
): Promise<Contract | undefined> => {
  const which = 'emaid' in by ? sql`contract.emaid = ${by.emaid}` : sql`contract.pcid_hash = ${Buffer.from(by.pcidHash)}`
  const { rows } = await sql<Contract>`${contracts(now)} where contract.tenant_id = ${tenantId} and ${which}`.execute(tx)
  return rows[0]
}

export const listContracts = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { driverId, now }: { readonly driverId: DriverId; readonly now: EpochMs },
): Promise<readonly Contract[]> => {
  const { rows } = await sql<Contract>`
    ${contracts(now)} where contract.tenant_id = ${tenantId} and contract.driver_id = ${driverId} order by contract.created_at, contract.id`.execute(
    tx,
  )
  return rows
}

export const noteInstalled = (tx: Transaction<Tables>, tenantId: TenantId, { id, at }: { readonly id: ContractId; readonly at: EpochMs }) =>
  sql`update voltway.contract set installed_at = ${at} where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
