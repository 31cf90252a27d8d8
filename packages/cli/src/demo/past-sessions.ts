import type { Seeded, ServerServices } from '@voltway/app'
import { hashIdToken, lastFourOf } from '@voltway/app'
import { loadTemplate } from '@voltway/sim'
import { createIngestWriter } from '@voltway/store'
import { type ChargingStationId, seeded, type TenantId } from '@voltway/units'
import { CITY } from './city.ts'
import { lastWeek } from './last-week.ts'

const DAYS = 7
/** Facts in one statement. */
const BATCH = 400

/** Gives each station a week of past facts, through the same writer as live ones; sessions and receipts follow from them. */
export async function pastSessions(services: ServerServices, made: Seeded, cards: readonly string[]): Promise<void> {
  const random = seeded(20)
  const tokens = cards.map((card) => ({ hash: hashIdToken(card, services.secrets.hmacKey), lastFour: lastFourOf(card) }))
  const token = () => tokens[Math.floor(random() * tokens.length)] ?? { hash: new Uint8Array(32), lastFour: '' }
  const tenantId = made.tenantId as TenantId
  const writer = createIngestWriter(services.db)
  try {
    for (const { identity, id } of made.stations) {
      const site = CITY.find(({ stations }) => stations.some((station) => station.identity === identity))
      const station = site?.stations.find((one) => one.identity === identity)
      if (!site || !station) continue
      const connectors = site.stations.flatMap(({ template }) => loadTemplate(template).evses).length
      const evses = loadTemplate(station.template).evses.map(({ number, maxPowerW }) => ({
        evse: number,
        // The week behind was steered, too: nobody drew more than a share of the site's limit.
        maxPowerW: Math.min(maxPowerW, site.gridLimitW / connectors),
        perDay: Math.min(14, (site.carsPerHour * 16) / connectors),
      }))
      const facts = lastWeek({ evses }, { now: services.clock.now(), days: DAYS, random, token })
      for (let from = 0; from < facts.length; from += BATCH)
        await writer.write(
          [{ tenantId, stationId: id as ChargingStationId, frame: undefined, facts: facts.slice(from, from + BATCH) }],
          [tenantId],
        )
    }
  } finally {
    await writer.close()
  }
  services.live.wake(tenantId)
}
