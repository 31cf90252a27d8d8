import { openTown, type Town } from './open-town.ts'
import { resultOf } from './station-link.ts'

/** A town with people signed in, and a session of Dana's that is billed. */
export interface People {
  readonly town: Town
  readonly owner: string
  readonly dana: string
  readonly eli: string
  /** Dana of the other organisation. */
  readonly otherDana: string
  readonly sessionId: string
  /** Dana charges once more, in a moment. */
  readonly charge: () => Promise<void>
  readonly close: () => Promise<void>
}

const BOOT = { chargePointVendor: 'V', chargePointModel: 'M' }

export const openPeople = async (wish: Parameters<typeof openTown>[0]): Promise<People> => {
  const town = await openTown(wish)
  const identity = town.one.stations[0]?.identity ?? ''
  let hoursAgo = 40
  const charge = async () => {
    hoursAgo -= 2
    const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
    const link = await town.link(identity)
    resultOf(await link.call('BootNotification', BOOT))
    const start = { connectorId: 1, idTag: 'CARDone', meterStart: 0, timestamp: at(hoursAgo) }
    const { transactionId } = resultOf(await link.call('StartTransaction', start))
    resultOf(await link.call('StopTransaction', { transactionId, meterStop: 5_000, timestamp: at(hoursAgo - 1), idTag: 'CARDone' }))
    await link.close()
  }
  await charge()
  const billed = "select id from voltway.session where state = 'billed'"
  await town.eventually('it is billed', async () => (await town.rows(billed)).length > 0)
  const [session] = await town.rows(billed)
  return {
    town,
    owner: await town.signIn('owner@one.example'),
    dana: await town.signIn('dana@one.example'),
    eli: await town.signIn('eli@one.example'),
    otherDana: await town.signIn('dana@two.example'),
    sessionId: String(session?.id),
    charge,
    close: () => town.close(),
  }
}
