import { useNavigate } from '@tanstack/react-router'
import { ApiProblem, api } from '@voltway/ui'
import { useChange } from '../api/queries.ts'
import type { Plan, Reservation } from '../api/types.ts'
import { rememberOffer } from '../start/offers.ts'

/** Taking an offer: its slot becomes a reservation, or the station is asked to start under it. */
export const useTakePlan = (evseCode: string, vehicleId: string | undefined) => {
  const navigate = useNavigate()
  const reserve = useChange(
    ({ offer }: Plan) => api<Reservation>('POST', '/driver/reservations', { offer, ...(vehicleId && { vehicleId }) }),
    [['reservations'], ['plans'], ['sites']],
  )
  const taken = reserve.error instanceof ApiProblem && reserve.error.code === 'SLOT_TAKEN' ? reserve.error.body.nearestFreeStart : undefined
  return {
    reserve: (plan: Plan) => reserve.mutate(plan, { onSuccess: ({ id }) => void navigate({ to: '/reservations/$id', params: { id } }) }),
    start: (plan: Plan) => {
      if (plan.offer) rememberOffer(evseCode, plan)
      void navigate({ to: '/start/$code', params: { code: evseCode } })
    },
    pending: reserve.isPending,
    error: reserve.error,
    nearestFreeStart: typeof taken === 'string' ? taken : undefined,
  }
}
