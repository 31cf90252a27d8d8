import { type Message, orderJudge } from '@voltway/vehicle/transport'

export type Side = 'EV' | 'station'

export interface Heard {
  readonly side: Side
  readonly seconds: number
  readonly message: Message
}

/** How long a car waits for the answer, in seconds: ISO 15118-2 table 109, DIN 70121, ISO 15118-20; 2 s for what is not named. */
const PATIENCE: Readonly<Record<string, number>> = {
  ServiceDetailReq: 5,
  CertificateInstallationReq: 5,
  CertificateUpdateReq: 5,
  PaymentDetailsReq: 5,
  PowerDeliveryReq: 5,
  CurrentDemandReq: 0.25,
  AC_ChargeLoopReq: 0.5,
  DC_ChargeLoopReq: 0.5,
}
const USUAL_PATIENCE = 2
/** How long a station waits for the next request. */
const SEQUENCE_TIMEOUT = 60

/** What is wrong with what was heard, one message after the other; it keeps only what the next needs. */
export class SessionJudge {
  #request: Heard | undefined
  #answered: Heard | undefined
  #sessionId: string | undefined
  #last = ''
  readonly #order = orderJudge()

  hear(heard: Heard): readonly string[] {
    const found = heard.side === 'EV' ? this.#hearRequest(heard) : this.#hearResponse(heard)
    this.#last = heard.message.name
    return found
  }

  #hearRequest(heard: Heard): readonly string[] {
    const found: string[] = []
    const { name, sessionId } = heard.message
    if (!name.toLowerCase().endsWith('req')) found.push(`the car sent ${name}`)
    if (this.#request) found.push(`the car sent ${name} before ${this.#request.message.name} was answered`)
    const waited = this.#answered ? heard.seconds - this.#answered.seconds : 0
    if (waited > SEQUENCE_TIMEOUT) found.push(`the car waited ${waited.toFixed(1)} s: a station gives up after ${SEQUENCE_TIMEOUT} s`)
    if (this.#sessionId !== undefined && sessionId !== undefined && sessionId !== this.#sessionId)
      found.push(`session ${sessionId} where ${this.#sessionId} was set up`)
    const outOfOrder = name.toLowerCase().endsWith('req') ? this.#order(heard.message) : undefined
    if (outOfOrder !== undefined) found.push(outOfOrder)
    this.#request = heard
    return found
  }

  #hearResponse(heard: Heard): readonly string[] {
    const found: string[] = []
    const { name, sessionId, responseCode } = heard.message
    const request = this.#request
    if (!request) found.push(`${name} answers nothing`)
    else if (request.message.name.replace(/Req$/i, '') !== name.replace(/Res$/i, ''))
      found.push(`${name} does not answer ${request.message.name}`)
    else {
      const waited = heard.seconds - request.seconds
      const patience = PATIENCE[request.message.name] ?? USUAL_PATIENCE
      if (waited > patience) found.push(`${name} came after ${waited.toFixed(2)} s: a car gives up after ${patience} s`)
    }
    if (responseCode !== undefined && /^failed/i.test(responseCode)) found.push(`${name}: ${responseCode}`)
    if (name === 'SessionSetupRes') this.#sessionId = sessionId
    else if (this.#sessionId !== undefined && sessionId !== undefined && sessionId !== this.#sessionId)
      found.push(`the station answers session ${sessionId} where ${this.#sessionId} was set up`)
    this.#request = undefined
    this.#answered = heard
    return found
  }

  end(): readonly string[] {
    if (this.#request) return [`${this.#request.message.name} was never answered`]
    return this.#last === '' || this.#last === 'SessionStopRes' ? [] : [`the session ends after ${this.#last}, without SessionStop`]
  }
}
