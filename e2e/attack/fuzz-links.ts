import { actionsOf, jsonSchemaOf, type OcppVersion } from '@voltway/wire/ocpp'
import { mutatePayload, samplePayload } from '../../packages/wire/src/ocpp/testing/sample-payload.ts'
import type { Town } from './open-town.ts'
import { resultOf, type StationLink } from './station-link.ts'

/** Frames that are under way at once on one link: fewer than a station may have waiting. */
const BURST = 20
const PIECES = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  '-1',
  '1e400',
  '"__proto__":',
  '\\u0000',
  '\\ud800',
  '\0',
  '[[[[',
  '2,',
  '3,',
  'é',
]

const BOOT = {
  'ocpp1.6': { chargePointVendor: 'V', chargePointModel: 'M' },
  'ocpp2.0.1': { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } },
} as const

type Random = () => number
const pick = <Item>(items: readonly Item[], random: Random): Item => items[Math.floor(random() * items.length)]!

/** A CALL of a station that is valid, nearly valid, or hardly a frame any more. */
const drawFrame = (version: OcppVersion, id: string, random: Random): string => {
  const { name } = pick(
    actionsOf(version).filter(({ direction }) => direction === 'fromStation' || direction === 'both'),
    random,
  )
  let payload = samplePayload(jsonSchemaOf(version, name, 'request') ?? {}, random)
  for (let changes = Math.floor(random() * 3); changes > 0; changes--) payload = mutatePayload(payload, random)
  let frame = JSON.stringify([2, id, name, payload])
  if (random() < 0.7) return frame
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) {
    const at = Math.floor(random() * (frame.length + 1))
    frame = frame.slice(0, at) + pick(PIECES, random) + frame.slice(at + Math.floor(random() * random() * 12))
  }
  return frame
}

export interface LinkFuzz {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly faults: readonly string[]
}

export interface LinkFuzzPlan {
  readonly identities: readonly string[]
  /** On each link. */
  readonly frames: number
  readonly random: Random
  readonly isLate: () => boolean
}

/**
 * Sends spoiled frames through real links, burst by burst. A burst passes when a plain Heartbeat behind it is answered on the same
 * link, so that nothing before it ended the link or was waited for in vain.
 */
export const fuzzLinks = async (town: Town, { identities, frames, random, isLate }: LinkFuzzPlan): Promise<LinkFuzz> => {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  const faults: string[] = []
  const run = async (identity: string, version: keyof typeof BOOT) => {
    let link: StationLink | undefined
    for (let done = 0; done < frames; done += BURST) {
      const count = Math.min(BURST, frames - done)
      if (isLate()) {
        sum.skipped += frames - done
        break
      }
      const burst = Array.from({ length: count }, (_, index) => drawFrame(version, `${done + index}`, random))
      try {
        if (!link) {
          link = await town.link(identity, { protocol: version })
          resultOf(await link.call('BootNotification', BOOT[version]))
        }
        for (const frame of burst) link.send(frame)
        resultOf(await link.call('Heartbeat', {}, `after-${done}`))
        sum.passed += count
      } catch (error) {
        sum.failed += count
        faults.push(`${version}: ${String(error)} after one of:\n${burst.join('\n')}`)
        link?.socket.terminate()
        link = undefined
      }
    }
    await link?.close()
  }
  await Promise.all(identities.map((identity, index) => run(identity, index % 2 === 0 ? 'ocpp1.6' : 'ocpp2.0.1')))
  return { ...sum, faults }
}
