import { deleteVehicle, listVehicles, saveVehicle } from '@voltway/store'
import type { VehicleId } from '@voltway/units'
import { Type } from 'typebox'
import { createVehicle } from '../drivers/create-vehicle.ts'
import { NewVehicle, VehicleView, vehicleFields, vehicleView } from '../drivers/driver-schemas.ts'
import { found } from '../problems.ts'
import { route } from '../route.ts'
import { Done, IdParams, listOf } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { driverOf } from './accept-offer.ts'

const list = route({
  id: 'listOwnVehicles',
  method: 'GET',
  url: '/driver/vehicles',
  summary: "The driver's cars",
  access: 'driver',
  reply: listOf(ref(VehicleView)),
  handle: async ({ caller, tx }) => ({ items: (await listVehicles(tx, caller.tenantId, { driverId: driverOf(caller) })).map(vehicleView) }),
})

const create = route({
  id: 'createOwnVehicle',
  method: 'POST',
  url: '/driver/vehicles',
  summary: 'A new car',
  access: 'driver',
  status: 201,
  body: NewVehicle,
  reply: ref(VehicleView),
  async handle({ body, caller: { tenantId, ...caller }, tx, services }) {
    const driverId = driverOf({ tenantId, ...caller })
    const id = await createVehicle(tx, services, { tenantId, driverId, vehicle: body })
    return { ...body, id }
  },
})

const update = route({
  id: 'updateOwnVehicle',
  method: 'PATCH',
  url: '/driver/vehicles/:id',
  summary: 'Changes a car; what is left out stays',
  access: 'driver',
  params: IdParams,
  body: Type.Partial(Type.Object(vehicleFields)),
  reply: ref(VehicleView),
  async handle({ params, body, caller, tx }) {
    const driverId = driverOf(caller)
    const row = found((await listVehicles(tx, caller.tenantId, { driverId, id: params.id as VehicleId }))[0], 'vehicle')
    const changed = { ...row, ...body }
    await saveVehicle(tx, caller.tenantId, changed)
    return vehicleView(changed)
  },
})

const remove = route({
  id: 'deleteOwnVehicle',
  method: 'DELETE',
  url: '/driver/vehicles/:id',
  summary: 'Forgets a car; its sessions stay',
  access: 'driver',
  params: IdParams,
  reply: Done,
  async handle({ params, caller, tx }) {
    found((await deleteVehicle(tx, caller.tenantId, { driverId: driverOf(caller), id: params.id as VehicleId })) || undefined, 'vehicle')
    return { ok: true }
  },
})

export const ownVehicleRoutes = [list, create, update, remove] as const
