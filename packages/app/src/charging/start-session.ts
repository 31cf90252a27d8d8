import { type StartContext, startContext } from '@voltway/store'
import { type DriverId, fail, MINUTE, ok, type ReservationId, type Result, type TenantId } from '@voltway/units'
import type { Services } from '../services.ts'

export interface StartWish {
  readonly tenantId: TenantId
  readonly driverId: DriverId
  readonly evseCode: string
  /** The slot that the driver means to use; without it the driver's own slot at this moment is used if there is one. */
  readonly reservationId?: ReservationId
}
export interface StartRefused {
  readonly code:
    | 'EVSE_UNKNOWN'
    | 'DRIVER_BLOCKED'
    | 'STATION_OFFLINE'
    | 'EVSE_NOT_FREE'
    | 'RESERVED_FOR_SOMEBODY'
    | 'RESERVATION_NOT_NOW'
    | 'RESERVATION_USED'
    | 'STATION_REFUSED'
  readonly reason?: string
}
export interface StartAsked {
  readonly remoteStartNumber: number
  readonly reservationId: ReservationId | undefined
}

/** How early a driver may use a reserved slot that is otherwise free. */
export const EARLY_START = 15 * MINUTE
const READY = new Set(['available', 'occupied', 'reserved', 'unknown'])

type Token = { readonly idToken: string; readonly reservationId: ReservationId | undefined }

/** Which token to present: the booking code inside an own slot, else the driver's own, unless someone else holds the EVSE. */
const tokenFor = (wish: StartWish, { holding, appToken, access }: StartContext): Result<Token, StartRefused> => {
  const own = holding.find(({ id, driverId }) => (wish.reservationId ? id === wish.reservationId : driverId === wish.driverId))
  if (wish.reservationId && (!own || own.driverId !== wish.driverId)) return fail({ code: 'RESERVATION_NOT_NOW' })
  if (own?.state === 'active') return fail({ code: 'RESERVATION_USED' })
  if (own) return ok({ idToken: own.code, reservationId: own.id })
  // A private site is not for whoever is not expected there: their card opens it, or nothing.
  if (access === 'private') return fail({ code: 'EVSE_UNKNOWN' })
  if (holding.length > 0) return fail({ code: 'RESERVED_FOR_SOMEBODY' })
  return ok({ idToken: appToken, reservationId: undefined })
}

/** Asks a station to start for a driver (RemoteStartTransaction, RequestStartTransaction); the session follows when the station reports it. */
export async function startSession(services: Services, wish: StartWish): Promise<Result<StartAsked, StartRefused>> {
  const now = services.clock.now()
  const { tenantId, driverId, evseCode } = wish
  const context = await services.db.inTenant(tenantId, (tx) =>
    startContext(tx, tenantId, { evseCode, driverId, now, earlyMs: EARLY_START }),
  )
  if (!context) return fail({ code: 'EVSE_UNKNOWN' })
  if (context.driverState === 'blocked') return fail({ code: 'DRIVER_BLOCKED' })
  const token = tokenFor(wish, context)
  if (!token.ok) return token
  if (!(await services.gateway.linkOf({ tenantId, stationId: context.stationId }))) return fail({ code: 'STATION_OFFLINE' })
  if (!READY.has(context.status)) return fail({ code: 'EVSE_NOT_FREE', reason: context.status })

  const [high = 0, low = 0, lowest = 0] = services.random(3)
  const remoteStartNumber = 1 + high * 65_536 + low * 256 + lowest
  const { idToken, reservationId } = token.value
  const { evse, groupToken: groupIdToken } = context
  const answer = await services.gateway.perform(
    { tenantId, stationId: context.stationId },
    { kind: 'remoteStart', evse, idToken, groupIdToken, remoteStartNumber },
    `driver:${driverId}`,
  )
  return answer.accepted ? ok({ remoteStartNumber, reservationId }) : fail({ code: 'STATION_REFUSED', reason: answer.reason })
}
