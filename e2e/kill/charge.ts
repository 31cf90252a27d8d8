import type { Book } from './book.ts'
import { type FactPlace, meterKey, sessionKey, startKey, stepKey, stopKey } from './fact-key.ts'
import type { Message, Tell } from './station-link.ts'

/** Where a station stands between two sessions, by its own clock and its own register. */
export interface Stand {
  /** Epoch milliseconds. */
  readonly at: number
  readonly registerWh: number
}

export interface Charge {
  readonly place: FactPlace
  readonly card: string
  /** Names the transaction in 2.0.1. */
  readonly number: number
  readonly readings: number
  /** Tells a message and waits as long as this station takes between two. */
  readonly tell: Tell
  readonly book: Book
}

/** 7.2 kW for five minutes: any number of them costs whole pence. */
const STEP_MS = 300_000
const STEP_WH = 600
const PAUSE_MS = 120_000

const iso = (at: number) => new Date(at).toISOString()

/** One session of a 1.6 station, from StartTransaction to StopTransaction. @returns where the station stands afterwards */
const charge16 = async ({ place, card, readings, tell, book }: Charge, { at, registerWh }: Stand): Promise<Stand> => {
  const { transactionId: number } = await tell({
    action: 'StartTransaction',
    payload: { connectorId: 1, idTag: card, meterStart: registerWh, timestamp: iso(at) },
    facts: [startKey(place, at, registerWh)],
  })
  if (typeof number !== 'number') throw new Error('a start was answered without a transactionId')
  const transactionId = String(number)
  for (let reading = 1; reading <= readings; reading++) {
    const [moment, value] = [at + reading * STEP_MS, registerWh + reading * STEP_WH]
    const sampledValue = [{ value: String(value), measurand: 'Energy.Active.Import.Register', unit: 'Wh' }]
    await tell({
      action: 'MeterValues',
      payload: { connectorId: 1, transactionId: number, meterValue: [{ timestamp: iso(moment), sampledValue }] },
      facts: [meterKey(place, transactionId, moment, value)],
    })
  }
  const stop: Stand = { at: at + (readings + 1) * STEP_MS, registerWh: registerWh + (readings + 1) * STEP_WH }
  await tell({
    action: 'StopTransaction',
    payload: { transactionId: number, idTag: card, meterStop: stop.registerWh, timestamp: iso(stop.at), reason: 'Local' },
    facts: [stopKey(place, transactionId, stop)],
  })
  book.ended.set(sessionKey(place, transactionId), { importWh: stop.registerWh - registerWh })
  return { at: stop.at + PAUSE_MS, registerWh: stop.registerWh }
}

const EVENT = { Started: 'transaction.started', Updated: 'transaction.updated', Ended: 'transaction.ended' } as const
const TRIGGER = { Started: 'Authorized', Updated: 'MeterValuePeriodic', Ended: 'StopAuthorized' } as const

interface Step extends Stand {
  readonly eventType: keyof typeof EVENT
  readonly seqNo: number
  readonly transactionId: string
}

/** A TransactionEvent with the register in it: two facts, the step and the reading. */
const transactionEvent = ({ place, card }: Charge, { eventType, seqNo, transactionId, at, registerWh }: Step): Message => {
  const sampledValue = [{ value: registerWh, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } }]
  const ended = eventType === 'Ended'
  return {
    action: 'TransactionEvent',
    payload: {
      eventType,
      timestamp: iso(at),
      triggerReason: TRIGGER[eventType],
      seqNo,
      transactionInfo: { transactionId, ...(ended ? { stoppedReason: 'Local' } : { chargingState: 'Charging' }) },
      evse: { id: 1, connectorId: 1 },
      ...(eventType !== 'Updated' && { idToken: { idToken: card, type: 'ISO14443' } }),
      meterValue: [{ timestamp: iso(at), sampledValue }],
    },
    facts: [stepKey(place, transactionId, { seqNo, kind: EVENT[eventType] }), meterKey(place, transactionId, at, registerWh)],
  }
}

/** One session of a 2.0.1 station. @returns where the station stands afterwards */
const charge201 = async (charge: Charge, { at, registerWh }: Stand): Promise<Stand> => {
  const { place, number, readings, tell, book } = charge
  const transactionId = `tx-${number}`
  const last = readings + 1
  for (let seqNo = 0; seqNo <= last; seqNo++) {
    const eventType = seqNo === 0 ? 'Started' : seqNo === last ? 'Ended' : 'Updated'
    const now = { at: at + seqNo * STEP_MS, registerWh: registerWh + seqNo * STEP_WH }
    await tell(transactionEvent(charge, { eventType, seqNo, transactionId, ...now }))
  }
  book.ended.set(sessionKey(place, transactionId), { importWh: last * STEP_WH })
  return { at: at + last * STEP_MS + PAUSE_MS, registerWh: registerWh + last * STEP_WH }
}

export const CHARGE = { 'ocpp1.6': charge16, 'ocpp2.0.1': charge201 } as const

export const BOOT: Readonly<Record<keyof typeof CHARGE, Message>> = {
  'ocpp1.6': { action: 'BootNotification', payload: { chargePointVendor: 'Voltway', chargePointModel: 'Kill' }, facts: [] },
  'ocpp2.0.1': {
    action: 'BootNotification',
    payload: { reason: 'PowerUp', chargingStation: { vendorName: 'Voltway', model: 'Kill' } },
    facts: [],
  },
}
