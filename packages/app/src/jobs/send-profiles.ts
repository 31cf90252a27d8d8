import { nextProfileNumber, recordProfile, sessionsToProfile, type UnprofiledSession } from '@voltway/store'
import { instantOf, type TenantId } from '@voltway/units'
import type { SchedulePeriod } from '../ocpp/station-gateway.ts'
import type { Services } from '../services.ts'
import { eachStation } from './each-station.ts'
import type { Job } from './job.ts'

/** Between phase and neutral in Europe; stations that want amperes are given what this makes of the watts. */
const VOLTS = 230

interface PlanCurve {
  readonly start: string
  readonly curve: readonly { readonly from: string; readonly to: string; readonly powerW: number; readonly limitW?: number }[]
}

/**
 * The accepted curve as periods from the slot's start, with pauses as periods of nothing. The last power stays until the slot
 * ends: a car that draws less than planned may take what it still lacks.
 */
export const periodsOf = ({ start, curve }: PlanCurve): readonly SchedulePeriod[] => {
  const origin = instantOf(start) ?? 0
  const seconds = (iso: string) => Math.max(0, Math.round(((instantOf(iso) ?? 0) - origin) / 1000))
  const periods: SchedulePeriod[] = []
  let reached = 0
  for (const { from, to, powerW, limitW = powerW } of curve) {
    if (seconds(from) > reached) periods.push({ startSeconds: reached, limitW: 0 })
    periods.push({ startSeconds: seconds(from), limitW })
    reached = seconds(to)
  }
  return periods.filter((period, index) => period.limitW !== periods[index - 1]?.limitW)
}

const send = async (services: Services, tenantId: TenantId, session: UnprofiledSession): Promise<boolean> => {
  const { stationId, transactionId, evse, phases, reservationId } = session
  const plan = session.plan as PlanCurve | null
  const startsAt = plan ? instantOf(plan.start) : undefined
  if (!plan || startsAt === undefined || plan.curve.length === 0 || !services.gateway.linkOf(stationId)) return false
  const profileNumber = await services.db.inTenant(tenantId, (tx) => nextProfileNumber(tx, tenantId, stationId))
  const periods = periodsOf(plan)
  const durationSeconds = Math.ceil((session.endsAt - startsAt) / 1000)
  const intent = {
    kind: 'setChargingProfile',
    purpose: 'transaction',
    profileNumber,
    evse,
    transactionId,
    startsAt,
    periods,
    durationSeconds,
    phases,
    voltageV: VOLTS,
  } as const
  const answer = await services.gateway.perform({ tenantId, stationId }, intent, `plan:${reservationId}`)
  const sent = {
    stationId,
    number: profileNumber,
    evse,
    transactionId,
    reservationId,
    purpose: 'transaction',
    schedule: periods,
    sentAt: services.clock.now(),
  } as const
  await services.db.inTenant(tenantId, (tx) =>
    recordProfile(tx, tenantId, { ...sent, status: answer.accepted ? 'accepted' : answer.reason }),
  )
  return true
}

/** Gives a station the power curve of the plan that a session charges under, once, when the session is known. */
export const sendProfiles: Job = {
  name: 'send-profiles',
  async run(services, tenantId) {
    const waiting = await services.db.inTenant(tenantId, (tx) => sessionsToProfile(tx, tenantId))
    return eachStation(waiting, (session) => send(services, tenantId, session))
  },
}
