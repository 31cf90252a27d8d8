import { argv, stdout } from 'node:process'
import { epochMs, seeded } from '@voltway/units'
import { cleanJson } from '../clean-text.ts'
import { parseFrame } from '../parse-frame.ts'
import { protocolOf, receiveRequest } from '../protocols.ts'
import { OCPP_VERSIONS } from '../version.ts'

const SEEDS = [
  '[2,"19223201","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]',
  '[2,"a","MeterValues",{"connectorId":1,"transactionId":7,"meterValue":[{"timestamp":"2026-01-01T00:00:00Z","sampledValue":[{"value":"12","unit":"kWh"}]}]}]',
  '[2,"b","TransactionEvent",{"eventType":"Started","timestamp":"2026-01-01T00:00:00Z","triggerReason":"CablePluggedIn","seqNo":0,"transactionInfo":{"transactionId":"t"}}]',
  '[2,"c","StatusNotification",{"connectorId":0,"errorCode":"NoError","status":"Available","info":"\\u00e9"}]',
  '[3,"d",{"status":"Accepted"}]',
  '[4,"e","GenericError","",{}]',
]
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
  '9223372036854775807',
  '"__proto__":',
  '"constructor":{}',
  '\\u0000',
  '\\ud800',
  '\ud800',
  '\0',
  ' ',
  '[[[[',
  '{"a":',
  'NaN',
  '"": ""',
  'é',
]

/** What came of a run; every frame ends in exactly one of the two. */
export interface FuzzOutcome {
  readonly read: number
  readonly refused: number
}

/**
 * Sends `count` randomly spoiled frames through parsing, normalising and validating.
 * @throws whatever escapes, with the seed and the frame in its message: nothing may
 */
export function fuzzFrames(count: number, seed: number): FuzzOutcome {
  const random = seeded(seed)
  const outcome = { read: 0, refused: 0 }
  for (let round = 0; round < count; round++) {
    const frame = spoiled(SEEDS[Math.floor(random() * SEEDS.length)] ?? '', random)
    try {
      outcome[survives(frame, random) ? 'read' : 'refused']++
    } catch (error) {
      throw new Error(`seed ${seed}, round ${round}, frame ${JSON.stringify(frame)}`, { cause: error })
    }
  }
  return outcome
}

function spoiled(text: string, random: () => number): string {
  let frame = text
  for (let changes = Math.floor(random() * 4); changes > 0; changes--) {
    const at = Math.floor(random() * (frame.length + 1))
    const piece = random() < 0.7 ? (PIECES[Math.floor(random() * PIECES.length)] ?? '') : String.fromCharCode(random() * 0x250)
    const removed = Math.floor(random() * random() * 12)
    frame = frame.slice(0, at) + piece + frame.slice(at + removed)
  }
  return random() < 0.05 ? frame.repeat(2) : frame
}

const encoder = new TextEncoder()

function survives(frame: string, random: () => number): boolean {
  const parsed = parseFrame(random() < 0.5 ? frame : encoder.encode(frame), 65_536)
  if (!parsed.ok) {
    JSON.stringify([4, parsed.failure.messageId, parsed.failure.code, parsed.failure.description, {}])
    if (parsed.failure.messageId === '') throw new Error('a refusal without message id')
    return false
  }
  if (parsed.value.type !== 'call') return true
  const { action, payload } = parsed.value
  const version = OCPP_VERSIONS[Math.floor(random() * OCPP_VERSIONS.length)] ?? 'ocpp1.6'
  const received = receiveRequest(
    version,
    { action, payload },
    { mode: random() < 0.8 ? 'lenient' : 'strict', now: epochMs(1_780_000_000_000) },
  )
  if (!received.ok) return false
  if (!protocolOf(version).messages.has(action)) throw new Error('an unknown action was received')
  if (cleanJson(received.value.payload) !== received.value.payload) throw new Error('text that no database holds got through')
  return true
}

if (import.meta.main) {
  const [count = '1000000', seed = '1'] = argv.slice(2)
  const chunk = 50_000
  for (let done = 0; done < Number(count); done += chunk) {
    const { read, refused } = fuzzFrames(Math.min(chunk, Number(count) - done), Number(seed) + done)
    stdout.write(`${done + read + refused} frames: ${read} read, ${refused} refused, none escaped\n`)
  }
}
