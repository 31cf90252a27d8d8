import type { TestContext } from 'node:test'
import { seeded } from '@voltway/units'
import { createCar } from '../car.ts'
import { CAR_MODELS } from '../car-models.ts'
import { systemClock } from '../clock.ts'
import { type StationOptions, startStation } from '../station/station.ts'
import { eventually, manualClock } from './manual-clock.ts'
import { startTestServer, type TestServerOptions } from './test-server.ts'

export const hatchback = (socPercent = 40) => createCar(CAR_MODELS[1]!, { socPercent })

/** A station beside the smallest server, with a clock that stands still; both end with the test. */
export async function setUp(t: TestContext, options: Partial<StationOptions> = {}, server: Partial<TestServerOptions> = {}) {
  const csms = await startTestServer({ port: 0, ...server })
  const clock = manualClock()
  const station = startStation({
    url: csms.url,
    identity: 'CS-1',
    password: 'a password of the test',
    version: 'ocpp1.6',
    template: 'ac-22-dual',
    clock,
    network: systemClock,
    random: seeded(7),
    backoff: { firstMs: 5, longestMs: 20 },
    ...options,
  })
  t.after(async () => {
    station.close()
    await csms.close()
  })
  await eventually('the station reports its connectors', () => csms.of('StatusNotification').length >= 2)
  const statuses = () =>
    csms
      .of('StatusNotification')
      .filter(({ connectorId, evseId }) => (evseId ?? connectorId) === 1)
      .map(({ status, connectorStatus }) => status ?? connectorStatus)
  return { csms, clock, station, statuses, connector: () => station.view().connectors[0]! }
}
