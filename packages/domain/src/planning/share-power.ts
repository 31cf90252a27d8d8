import { add, type EvseId, smaller, subtract, type Watts, watts } from '@voltway/units'

export interface PowerRequest {
  readonly evseId: EvseId
  /** Below this the car stops; on AC it is 6 A (IEC 61851-1). */
  readonly minimum: Watts
  readonly maximum: Watts
  readonly weight: number
}

const totalWeight = (requests: readonly PowerRequest[]) => requests.reduce((total, { weight }) => total + weight, 0)

/**
 * Shares one limit between EVSEs, such as 22 kW between the two connectors of a station: first each one's minimum, in the order
 * given, then what is left by weight. One whose minimum no longer fits waits, so that the others keep charging.
 */
export const sharePower = (limit: Watts, requests: readonly PowerRequest[]): ReadonlyMap<EvseId, Watts> => {
  const grants = new Map(requests.map((request) => [request.evseId, watts(0)]))
  let left = limit
  let hungry = requests.filter((request) => {
    if (request.minimum > left || request.maximum <= 0) return false
    left = subtract(left, request.minimum)
    grants.set(request.evseId, request.minimum)
    return true
  })
  while (hungry.length > 0 && left > 0) {
    const perWeight = left / totalWeight(hungry)
    const unsatisfied: PowerRequest[] = []
    for (const request of hungry) {
      const granted = grants.get(request.evseId)!
      const headroom = subtract(request.maximum, granted)
      const share = smaller(headroom, watts(perWeight * request.weight))
      grants.set(request.evseId, add(granted, share))
      left = subtract(left, share)
      if (share < headroom) unsatisfied.push(request)
    }
    if (unsatisfied.length === hungry.length) break // nobody was full, so all of it is shared out
    hungry = unsatisfied
  }
  return grants
}
