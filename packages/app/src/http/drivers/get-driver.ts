import { listIdTokens, listSessions, listVehicles } from '@voltway/store'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SessionView } from '../schemas/session.ts'
import { sessionView } from '../views/session-view.ts'
import { DriverView, driverView, TokenView, tokenView, VehicleView, vehicleView } from './driver-schemas.ts'
import { findDriver } from './find-driver.ts'

export const getDriverRoute = route({
  id: 'getDriver',
  method: 'GET',
  url: '/drivers/:id',
  summary: 'One driver with vehicles, tokens and the last sessions',
  access: 'drivers:read',
  params: IdParams,
  reply: Type.Object({
    driver: ref(DriverView),
    vehicles: Type.Array(ref(VehicleView)),
    tokens: Type.Array(ref(TokenView)),
    sessions: Type.Array(ref(SessionView)),
  }),
  async handle({ params, caller: { tenantId }, tx }) {
    const driver = await findDriver(tx, tenantId, params.id)
    const driverId = driver.id
    const vehicles = await listVehicles(tx, tenantId, { driverId })
    const tokens = await listIdTokens(tx, tenantId, { driverId })
    const sessions = await listSessions(tx, tenantId, { driverId, limit: 50 })
    return {
      driver: driverView(driver),
      vehicles: vehicles.map(vehicleView),
      tokens: tokens.map(tokenView),
      sessions: sessions.map(sessionView),
    }
  },
})
