import { knownDrivers, type Tx, type VehicleRow, vehiclesOf } from '@voltway/store'
import { DAY, type DriverId, type EpochMs, epochMs, type TenantId, type VehicleId } from '@voltway/units'
import { type Wanted, wantedOf } from '../driver/network-wanted.ts'
import { type FieldError, Problem } from '../problems.ts'
import type { FleetBody } from './fleet-body.ts'

/** From the first arrival to the last departure: what is looked at for all of them. */
const MOST_SPAN = 8 * DAY

export interface FleetWish {
  /** Its place in the request. */
  readonly index: number
  readonly wanted: Wanted
  /** Whose reservation it would be. */
  readonly driverId: DriverId | undefined
}
export interface Fleet {
  readonly wishes: readonly FleetWish[]
  readonly from: EpochMs
  readonly until: EpochMs
}

type Wish = FleetBody['wishes'][number]

const fault = (index: number, field: string, message: string): FieldError => ({ path: `body.wishes.${index}.${field}`, message })

/** Throws Problem with all that is wrong. */
const refuse = (errors: readonly FieldError[]): void => {
  const [first] = errors
  if (first) throw new Problem('REQUEST_INVALID', `${first.path.slice('body.'.length)} ${first.message}.`, { errors })
}

/** What a single wish is refused for, under its own name in the list. */
const faultsOf = (problem: Problem, index: number): readonly FieldError[] => {
  const { errors } = problem.body as { readonly errors?: readonly FieldError[] }
  if (problem.code !== 'REQUEST_INVALID' || !errors) throw problem
  return errors.map(({ path, message }) => ({ path: path.replace(/^body\./, `body.wishes.${index}.`), message }))
}

interface Known {
  readonly vehicles: ReadonlyMap<VehicleId, VehicleRow>
  readonly drivers: ReadonlySet<DriverId>
}

const unknowns = ({ wishes, reserve }: FleetBody, { vehicles, drivers }: Known): readonly FieldError[] =>
  wishes.flatMap(({ vehicleId, driverId }, index) => {
    const vehicle = vehicles.get(vehicleId as VehicleId)
    if (vehicleId !== undefined && !vehicle) return [fault(index, 'vehicleId', 'is no vehicle that is known')]
    if (driverId !== undefined && !drivers.has(driverId as DriverId)) return [fault(index, 'driverId', 'is no driver that is known')]
    if (vehicle && driverId !== undefined && vehicle.driverId !== driverId) return [fault(index, 'driverId', 'does not drive this vehicle')]
    const isNobodys = reserve === true && !vehicle && driverId === undefined
    return isNobodys ? [fault(index, 'driverId', 'or a vehicle is needed to reserve')] : []
  })

/** Wishes with their cars and drivers, gaps filled. @throws Problem that names every field that is wrong */
export const readFleet = async (tx: Tx, body: FleetBody, { tenantId, now }: { tenantId: TenantId; now: EpochMs }): Promise<Fleet> => {
  const idsOf = <Id>(read: (wish: Wish) => string | undefined) => [...new Set(body.wishes.flatMap((wish) => read(wish) ?? []))] as Id[]
  const known: Known = {
    vehicles: await vehiclesOf(
      tx,
      tenantId,
      idsOf<VehicleId>(({ vehicleId }) => vehicleId),
    ),
    drivers: await knownDrivers(
      tx,
      tenantId,
      idsOf<DriverId>(({ driverId }) => driverId),
    ),
  }
  refuse(unknowns(body, known))
  const wishes: FleetWish[] = []
  const errors: FieldError[] = []
  for (const [index, wish] of body.wishes.entries()) {
    const vehicle = known.vehicles.get(wish.vehicleId as VehicleId)
    try {
      const driverId = vehicle?.driverId ?? (wish.driverId as DriverId | undefined)
      wishes.push({ index, wanted: wantedOf(wish, { now, vehicle }), driverId })
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      errors.push(...faultsOf(problem, index))
    }
  }
  refuse(errors)
  const from = epochMs(Math.min(...wishes.map(({ wanted }) => wanted.arrival)))
  const late = wishes.filter(({ wanted }) => wanted.until > from + MOST_SPAN)
  refuse(late.map(({ index }) => fault(index, 'departure', 'must be within eight days of the first arrival of all')))
  return { wishes, from, until: epochMs(Math.max(...wishes.map(({ wanted }) => wanted.until))) }
}
