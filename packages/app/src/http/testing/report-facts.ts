import { createIngestWriter, type StoredFact } from '@voltway/store'
import type { ChargingStationId, TenantId } from '@voltway/units'
import { hashIdToken } from '../../identity/hash-id-token.ts'
import { JOBS } from '../../jobs/index.ts'
import { createRememberedFacts } from '../../jobs/remembered-facts.ts'
import { createRememberedDays } from '../../planning/remembered-days.ts'
import { inlinePlanner } from '../../planning/testing/inline-planner.ts'
import type { TestApp } from './test-app.ts'

/** Writes what the first station of the first tenant said, and lets every job have its turn until nothing is left to do. */
export const reportFacts = async (it: TestApp, facts: readonly StoredFact[]) => {
  const [tenantId, stationId] = [it.seeded.tenantId as TenantId, it.seeded.stations[0]?.id as ChargingStationId]
  const writer = createIngestWriter(it.services.db)
  await writer.write([{ tenantId, stationId, frame: undefined, facts }], [tenantId])
  await writer.close()
  const services = {
    ...it.services,
    network: it.services.clock,
    push: { publicKey: '', send: async () => {} },
    planner: inlinePlanner,
    remembered: createRememberedFacts(),
    pastDays: createRememberedDays(),
    siteLooks: new Map(),
  }
  for (const job of [...JOBS, ...JOBS]) await job.run(services, tenantId)
}

/** The same start with the card of the first tenant's first driver. */
export const withCard = (it: TestApp, fact: StoredFact): StoredFact =>
  'idTokenHash' in fact ? { ...fact, idTokenHash: hashIdToken('04A1B2C3one', it.services.secrets.hmacKey), idTokenLastFour: '3ONE' } : fact
