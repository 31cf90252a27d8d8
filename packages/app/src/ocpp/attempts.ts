import type { Clock } from '@voltway/units'

/** How many wrong passwords are heard before an answer costs only 429. Right ones cost nothing. */
export interface AttemptRules {
  /** Failures that one address may have at once, and how many come back each second. */
  readonly perAddress: { readonly burst: number; readonly perSecond: number }
  /** The same for one identity from one address: nobody can lock a station out from elsewhere. */
  readonly perPair: { readonly burst: number; readonly perSecond: number }
  /** Checks at the same time, over all addresses; and how many may wait for theirs. */
  readonly atOnce: number
  readonly mostWaiting: number
}
export const ATTEMPT_RULES: AttemptRules = {
  perAddress: { burst: 40, perSecond: 0.5 },
  perPair: { burst: 10, perSecond: 0.1 },
  atOnce: 256,
  mostWaiting: 20_000,
}

/** Addresses and pairs that are remembered; the one longest unused is forgotten first. */
const MOST_REMEMBERED = 50_000

interface Bucket {
  failures: number
  at: number
  inFlight: number
  knownGood: boolean
}

export interface Attempt {
  /** To be called once, with how it went. */
  readonly end: (succeeded: boolean) => void
}

/**
 * Token buckets for authentication, in the network's time. Attempts that are under way count as failures until they have ended,
 * so that many at once do not slip through; further ones wait for them. A pair of address and identity that has been right before
 * does not suffer from its neighbours behind the same address.
 */
export function createAttempts(clock: Pick<Clock, 'now'>, rules: AttemptRules = ATTEMPT_RULES) {
  const addresses = new Map<string, Bucket>()
  const pairs = new Map<string, Bucket>()
  let waiting: (() => void)[] = []
  let inFlight = 0

  const bucketOf = (buckets: Map<string, Bucket>, key: string, perSecond: number): Bucket => {
    const now = clock.now()
    const bucket = buckets.get(key) ?? { failures: 0, at: now, inFlight: 0, knownGood: false }
    bucket.failures = Math.max(0, bucket.failures - (Math.max(0, now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    buckets.delete(key)
    buckets.set(key, bucket)
    const [oldest] = buckets
    if (buckets.size > MOST_REMEMBERED && oldest && oldest[1].inFlight === 0) buckets.delete(oldest[0])
    return bucket
  }
  const end = (address: Bucket, pair: Bucket) => (succeeded: boolean) => {
    inFlight--
    for (const bucket of [address, pair]) {
      bucket.inFlight--
      if (!succeeded) bucket.failures++
    }
    if (succeeded) Object.assign(pair, { failures: 0, knownGood: true })
    const ready = waiting
    waiting = []
    for (const look of ready) look()
  }

  return {
    /** Resolves when the attempt may be made; undefined when it may not, and the peer is told 429. */
    begin: (address: string, identity: string) =>
      new Promise<Attempt | undefined>((resolve) => {
        const look = () => {
          const from = bucketOf(addresses, address, rules.perAddress.perSecond)
          const pair = bucketOf(pairs, `${address} ${identity}`, rules.perPair.perSecond)
          const refused = pair.failures + 1 > rules.perPair.burst || (!pair.knownGood && from.failures + 1 > rules.perAddress.burst)
          if (refused) return resolve(undefined)
          const mustWait =
            inFlight >= rules.atOnce ||
            pair.failures + pair.inFlight + 1 > rules.perPair.burst ||
            (!pair.knownGood && from.failures + from.inFlight + 1 > rules.perAddress.burst)
          if (mustWait) {
            if (waiting.length >= rules.mostWaiting) return resolve(undefined)
            waiting.push(look)
            return
          }
          inFlight++
          from.inFlight++
          pair.inFlight++
          resolve({ end: end(from, pair) })
        }
        look()
      }),
  }
}
export type Attempts = ReturnType<typeof createAttempts>
