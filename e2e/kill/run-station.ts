import { setTimeout as wait } from 'node:timers/promises'
import { BOOT, CHARGE, type Stand } from './charge.ts'
import type { FactPlace } from './fact-key.ts'
import { type LinkPlan, Over, stationLink, type Tell } from './station-link.ts'

export interface StationPlan extends LinkPlan {
  readonly place: FactPlace
  readonly card: string
  /** Milliseconds between an answer and the next CALL. */
  readonly pause: number
  /** No further session is begun once this says so. */
  readonly isLast: () => boolean
}

/** Three weeks back: stations of this test live a few minutes in a second, and must not overtake the platform's clock. */
const BEGAN = 21 * 24 * 3_600_000

/** Charges one car after the other until the last one; ends early only when the link plan is over. */
export const runStation = async (plan: StationPlan): Promise<void> => {
  const { protocol, place, card, book, pause, random, isLast } = plan
  const link = stationLink(plan)
  const tell: Tell = async (message) => {
    const answer = await link.tell(message)
    if (pause > 0) await wait(pause * (0.5 + random()))
    return answer
  }
  try {
    await tell(BOOT[protocol])
    let stand: Stand = { at: Math.floor((Date.now() - BEGAN) / 1000) * 1000, registerWh: 1_000 }
    for (let number = 1; !isLast(); number++) {
      const readings = 2 + Math.floor(random() * 6)
      stand = await CHARGE[protocol]({ place, card, number, readings, tell, book }, stand)
    }
  } catch (error) {
    if (!(error instanceof Over)) throw error
  } finally {
    link.close()
  }
}
