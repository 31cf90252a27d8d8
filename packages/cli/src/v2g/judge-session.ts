import { limitOf, TIMEOUTS, type Timeouts } from '@voltway/vehicle'
import { type Message, orderJudge } from '@voltway/vehicle/transport'
import { statusJudge } from './judge-status.ts'
import { bodyOf } from './message-fields.ts'

export type Side = 'EV' | 'station'

export interface Heard {
  readonly side: Side
  readonly seconds: number
  readonly message: Message
}

const timesOf = ({ schema }: Message): Timeouts => {
  if (schema === 'din70121') return TIMEOUTS.din70121
  return schema.startsWith('iso15118-20/') ? TIMEOUTS['iso15118-20'] : TIMEOUTS['iso15118-2']
}
const bareName = (name: string): string => name.replace(/Re[qs]$/i, '')

/** What a station takes its time for, and how long a car goes along with that, in seconds. */
const phaseOf = (message: Message): { readonly name: string; readonly seconds: number } | undefined => {
  const times = timesOf(message)
  const name = bareName(message.name)
  if (/^(DC_)?PreCharge$/.test(name)) return { name, seconds: times.V2G_EVCC_PreCharge_Timeout / 1_000 }
  if (bodyOf(message).EVSEProcessing !== 'Ongoing') return undefined
  const isCheck = /^(DC_)?CableCheck$/.test(name)
  return { name, seconds: (isCheck ? times.V2G_EVCC_CableCheck_Timeout : limitOf(times.V2G_EVCC_Ongoing_Timeout, name)) / 1_000 }
}

interface Phase {
  readonly name: string
  readonly since: number
  readonly told: boolean
}

/** What is wrong with how a session ended, and what of it the capture does not show. */
export interface Ending {
  readonly wrong: readonly string[]
  readonly lacks: readonly string[]
}

/**
 * What is wrong with what was heard, one message after the other; it keeps only what the next needs. Behind a gap nothing is held against what
 * was before it.
 */
export class SessionJudge {
  #request: Heard | undefined
  #answered: Heard | undefined
  #sessionId: string | undefined
  #last = ''
  readonly #order = orderJudge()
  readonly #status = statusJudge()
  #phase: Phase | undefined
  /** Whether an answer must be to the last request that was heard. */
  #knowsRequest = true
  #isDeaf = false

  /** Something that this side said was missed. */
  gap(side: Side) {
    this.#request = undefined
    this.#answered = undefined
    this.#phase = undefined
    this.#knowsRequest = false
    if (side === 'EV') this.#order.gap()
  }

  /** From here on nothing is heard of this side. */
  deaf(side: Side) {
    this.gap(side)
    this.#isDeaf = true
  }

  hear(heard: Heard): readonly string[] {
    const found = heard.side === 'EV' ? this.#hearRequest(heard) : this.#hearResponse(heard)
    this.#last = heard.message.name
    return [...found, ...this.#status(heard.message, heard.side)]
  }

  #hearRequest(heard: Heard): readonly string[] {
    const found: string[] = []
    const { name, sessionId } = heard.message
    if (!name.toLowerCase().endsWith('req')) found.push(`the car sent ${name}`)
    if (this.#request) found.push(`the car sent ${name} before ${this.#request.message.name} was answered`)
    const waited = this.#answered ? heard.seconds - this.#answered.seconds : 0
    const { V2G_SECC_Sequence_Timeout: patience } = timesOf(this.#answered?.message ?? heard.message)
    const most = limitOf(patience, bareName(this.#answered?.message.name ?? '')) / 1_000
    if (waited > most) found.push(`the car waited ${waited.toFixed(1)} s: a station gives up after ${most} s`)
    if (this.#sessionId !== undefined && sessionId !== undefined && sessionId !== this.#sessionId)
      found.push(`session ${sessionId} where ${this.#sessionId} was set up`)
    const outOfOrder = name.toLowerCase().endsWith('req') ? this.#order.hear(heard.message) : undefined
    if (outOfOrder !== undefined) found.push(outOfOrder)
    if (this.#isDeaf) return found
    this.#request = heard
    this.#knowsRequest = true
    return found
  }

  #hearResponse(heard: Heard): readonly string[] {
    const found: string[] = []
    const { name, sessionId, responseCode } = heard.message
    const request = this.#request
    if (!request) found.push(...(this.#knowsRequest ? [`${name} answers nothing`] : []))
    else if (bareName(request.message.name) !== bareName(name)) found.push(`${name} does not answer ${request.message.name}`)
    else {
      const waited = heard.seconds - request.seconds
      const patience = limitOf(timesOf(heard.message).V2G_EVCC_Msg_Timeout, bareName(name)) / 1_000
      if (waited > patience) found.push(`${name} came after ${waited.toFixed(2)} s: a car gives up after ${patience} s`)
    }
    if (responseCode !== undefined && /^failed/i.test(responseCode)) found.push(`${name}: ${responseCode}`)
    if (name === 'SessionSetupRes') this.#sessionId = sessionId
    else if (this.#sessionId !== undefined && sessionId !== undefined && sessionId !== this.#sessionId)
      found.push(`the station answers session ${sessionId} where ${this.#sessionId} was set up`)
    found.push(...this.#hearPhase(heard, request))
    this.#request = undefined
    this.#answered = heard
    return found
  }

  /** From the first request of what is asked again and again. */
  #hearPhase({ message, seconds }: Heard, request: Heard | undefined): readonly string[] {
    const phase = phaseOf(message)
    const before = phase?.name === this.#phase?.name ? this.#phase : undefined
    const since = before?.since ?? request?.seconds ?? seconds
    const isLate = phase !== undefined && before?.told !== true && seconds - since > phase.seconds
    this.#phase = phase && { name: phase.name, since, told: before?.told === true || isLate }
    return isLate ? [`${phase.name} goes on for ${(seconds - since).toFixed(1)} s: a car gives up after ${phase.seconds} s`] : []
  }

  /** @param isClosed one of the ends closed the connection; else it is the capture that ends */
  end(isClosed: boolean): Ending {
    const waiting = this.#request?.message.name
    const isDone = waiting === undefined && (this.#last === 'SessionStopRes' || (this.#last === '' && isClosed))
    if (this.#isDeaf || isDone) return { wrong: [], lacks: [] }
    if (!isClosed) return { wrong: [], lacks: [`the capture ends ${this.#last && `after ${this.#last}, `}before the session does`] }
    if (waiting !== undefined) return { wrong: [`${waiting} was never answered`], lacks: [] }
    return { wrong: this.#knowsRequest ? [`the session ends after ${this.#last}, without SessionStop`] : [], lacks: [] }
  }
}
