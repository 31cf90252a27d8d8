import { listSessions, type SessionListRow, type Tx } from '@voltway/store'
import type { DriverId, SessionId } from '@voltway/units'
import type { Caller } from '../caller.ts'
import { found } from '../problems.ts'

/** A session of the tenant, or of the driver alone. @throws Problem NOT_FOUND */
export const findSession = async (
  tx: Tx,
  { tenantId }: Pick<Caller, 'tenantId'>,
  { id, driverId }: { readonly id: string; readonly driverId?: DriverId | undefined },
): Promise<SessionListRow> => found((await listSessions(tx, tenantId, { id: id as SessionId, driverId }))[0], 'session')
