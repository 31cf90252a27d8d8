import type { SimConnector, SimMessage } from './simulator-api.ts'

/** Who speaks in the picture, in the order of the columns. */
export const LIFELINES = ['EV', 'SECC', 'station', 'server'] as const
export type Lifeline = (typeof LIFELINES)[number]

/** One arrow between two neighbours. */
export interface SequenceRow {
  readonly key: string
  /** Of a loop, when it was said last. */
  readonly at: string
  readonly from: Lifeline
  readonly to: Lifeline
  readonly message: string
  /** A response code or status, as the answer has it. */
  readonly code?: string
  readonly isBad: boolean
  /** How often it was said in a row. */
  readonly times: number
}

type Arrow = Omit<SequenceRow, 'key'>
type Json = Readonly<Record<string, unknown>>

const SHOWN = 120
const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)

/** Statuses of OCPP that say no. */
const REFUSALS = /^(rejected|invalid|blocked|expired|unknown|nocredit|notallowed|failed|notsupported|faulted|concurrenttx)/i
const isRefusal = (code: string | undefined) => code !== undefined && (code.startsWith('FAILED') || REFUSALS.test(code))

interface Frame {
  readonly id: string
  readonly isAnswer: boolean
  readonly payload: Json
  /** Of a CALLERROR. */
  readonly error?: string | undefined
}

const frameOf = (text: string): Frame | undefined => {
  try {
    const [type, id, third, fourth] = JSON.parse(text) as readonly unknown[]
    if (type === 2) return { id: String(id), isAnswer: false, payload: objectOf(fourth) }
    return { id: String(id), isAnswer: true, payload: type === 3 ? objectOf(third) : {}, error: type === 4 ? textOf(third) : undefined }
  } catch {
    return undefined
  }
}

const evseIn = ({ evseId, evse, connectorId }: Json) => numberOf(evseId) ?? numberOf(objectOf(evse).id) ?? numberOf(connectorId)
const transactionIn = ({ transactionInfo, transactionId }: Json) =>
  objectOf(transactionInfo).transactionId ?? transactionId ?? objectOf(objectOf(transactionInfo)).id
const statusIn = ({ status, idTokenInfo, idTagInfo, eventType }: Json) =>
  textOf(objectOf(idTokenInfo ?? idTagInfo).status) ?? textOf(status) ?? textOf(eventType)

/** The OCPP messages that concern one EVSE, or the station as a whole, as arrows. */
const ocppArrows = (log: readonly SimMessage[], evse: number): readonly Arrow[] => {
  const evseOfMessage = new Map<string, number>()
  const evseOfTransaction = new Map<string, number>()
  return log.flatMap(({ at, direction, action, text, ok }) => {
    const frame = frameOf(text)
    const transaction = frame && transactionIn(frame.payload)
    const known = transaction === undefined ? undefined : evseOfTransaction.get(String(transaction))
    const own = frame && (evseIn(frame.payload) ?? known ?? evseOfMessage.get(frame.id))
    if (frame && own !== undefined) {
      evseOfMessage.set(frame.id, own)
      if (transaction !== undefined) evseOfTransaction.set(String(transaction), own)
    }
    if (own !== undefined && own !== 0 && own !== evse) return []
    const code = frame && (frame.error ?? statusIn(frame.payload))
    const [from, to] = direction === 'out' ? (['station', 'server'] as const) : (['server', 'station'] as const)
    const isBad = !ok || frame?.error !== undefined || (frame?.isAnswer === true && isRefusal(code))
    return [{ at, from, to, message: action, ...(code !== undefined && { code }), isBad, times: 1 }]
  })
}

const isSame = (a: Arrow | undefined, b: Arrow | undefined) =>
  a !== undefined && b !== undefined && a.from === b.from && a.message === b.message && a.code === b.code

/** A request and its answer, said again and again: once, with their count. */
const folded = (arrows: readonly Arrow[]): readonly Arrow[] => {
  const rows: Arrow[] = []
  for (const arrow of arrows) {
    rows.push(arrow)
    const [before, beforeAnswer, again, answer] = [rows.at(-4), rows.at(-3), rows.at(-2), rows.at(-1)]
    if (isSame(before, again) && isSame(beforeAnswer, answer) && before && beforeAnswer && again && answer)
      rows.splice(-4, 4, { ...again, times: before.times + again.times }, { ...answer, times: beforeAnswer.times + answer.times })
  }
  return rows
}

type CableMessage = NonNullable<SimConnector['dialogue']>['messages'][number]

const cableArrow = ({ from, at, message, responseCode, deviation, times }: CableMessage): Arrow => {
  const code = deviation ?? responseCode
  const [speaker, listener] = from === 'EV' ? (['EV', 'SECC'] as const) : (['SECC', 'EV'] as const)
  return {
    at,
    from: speaker,
    to: listener,
    message,
    ...(code !== undefined && { code }),
    isBad: deviation !== undefined || isRefusal(responseCode),
    times,
  }
}

/** What car, station and server said of one plug, oldest first; OCPP from the first word at the cable on. */
export const sequenceRows = ({ evse, dialogue }: SimConnector, log: readonly SimMessage[]): readonly SequenceRow[] => {
  const cable = (dialogue?.messages ?? []).map(cableArrow)
  const first = cable[0]?.at ?? ''
  const ocpp = folded(ocppArrows(log, evse).filter(({ at }) => at >= first))
  const counts = new Map<string, number>()
  return [...cable, ...ocpp]
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(-SHOWN)
    .map((row) => {
      const name = `${row.from} ${row.message} ${row.code ?? ''}`
      const nth = (counts.get(name) ?? 0) + 1
      counts.set(name, nth)
      return { ...row, key: `${name} ${nth}` }
    })
}
