import assert from 'node:assert/strict'
import type { Town } from './open-town.ts'
import { resultOf } from './station-link.ts'
import { PER_KWH, PER_SESSION } from './town-plan.ts'

export interface Bystander {
  /** Stops charging, and holds the bill against what its own meter showed. @returns how many readings were acknowledged meanwhile */
  readonly end: () => Promise<number>
}

const EVERY = 250
/** 14.4 kW, which its EVSE can give. */
const WH_A_READING = 1

/** A station that minds its own business: charges on, reading by reading, while others are attacked. */
export const startBystander = async (town: Town, identity: string): Promise<Bystander> => {
  const link = await town.link(identity)
  const now = () => new Date().toISOString()
  let register = 5_000
  let readings = 0
  resultOf(await link.call('BootNotification', { chargePointVendor: 'Quiet', chargePointModel: 'Q1' }))
  const started = resultOf(
    await link.call('StartTransaction', { connectorId: 1, idTag: 'CARDone', meterStart: register, timestamp: now() }),
  )
  assert.deepEqual(started.idTagInfo && Reflect.get(started.idTagInfo, 'status'), 'Accepted')
  const { transactionId } = started
  let over = false
  const charging = (async () => {
    while (!over) {
      const sampledValue = [{ value: String(register + WH_A_READING), measurand: 'Energy.Active.Import.Register', unit: 'Wh' }]
      resultOf(await link.call('MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp: now(), sampledValue }] }))
      register += WH_A_READING
      readings++
      await new Promise((resolve) => setTimeout(resolve, EVERY))
    }
  })()
  charging.catch(() => {})
  return {
    end: async () => {
      over = true
      await charging
      resultOf(await link.call('StopTransaction', { transactionId, meterStop: register, timestamp: now(), idTag: 'CARDone' }))
      const query = `select c.total_micros::text as total, s.state, s.held_reasons from voltway.session s
        left join voltway.cdr c on c.session_id = s.id
        where s.station_id = (select id from voltway.charging_station where identity = '${identity}')`
      await town.eventually('the bystander is billed', async () => (await town.rows(query))[0]?.state === 'billed', 20)
      const energy = (BigInt(register - 5_000) * PER_KWH) / 1_000n
      const toCents = (micros: bigint) => ((micros + 5_000n) / 10_000n) * 10_000n
      assert.deepEqual(await town.rows(query), [{ total: String(toCents(energy) + PER_SESSION), state: 'billed', held_reasons: [] }])
      await link.close()
      return readings
    },
  }
}
