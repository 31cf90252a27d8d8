import { type Milliseconds, SECOND } from '@voltway/units'
import type { JobServices } from '../jobs/job.ts'
import type { IntentOutcome, StationIntent, StationTarget } from '../ocpp/station-gateway.ts'

/** A station that has not said anything by then holds up nobody else's plan; it counts as one that refuses. */
const ANSWERS_WITHIN = (10 * SECOND) as Milliseconds
export const NO_ANSWER: IntentOutcome = { accepted: false, reason: 'NoAnswer' }

/** Asks something of a station for a plan, and waits for its answer only so long in real time. */
export const askStation = (
  { gateway, network }: Pick<JobServices, 'gateway' | 'network'>,
  target: StationTarget,
  { intent, requestedBy }: { readonly intent: StationIntent; readonly requestedBy: string },
): Promise<IntentOutcome> =>
  new Promise((resolve, reject) => {
    const cancel = network.after(ANSWERS_WITHIN, () => resolve(NO_ANSWER))
    gateway.perform(target, intent, requestedBy).then(resolve, reject).finally(cancel)
  })
