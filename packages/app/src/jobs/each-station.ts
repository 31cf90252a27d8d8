import type { ChargingStationId } from '@voltway/units'

interface OfStation {
  readonly stationId: ChargingStationId
}

/** Does work for many stations at once and for each in order: one that does not answer keeps no other waiting. @throws the first failure, after all have ended */
export async function eachStation<Item extends OfStation>(
  items: readonly Item[],
  work: (item: Item) => Promise<boolean>,
): Promise<boolean> {
  const byStation = Map.groupBy(items, ({ stationId }) => stationId)
  const ended = await Promise.allSettled(
    [...byStation.values()].map(async (list) => {
      let did = false
      for (const item of list) did = (await work(item)) || did
      return did
    }),
  )
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  return ended.some((one) => one.status === 'fulfilled' && one.value)
}
