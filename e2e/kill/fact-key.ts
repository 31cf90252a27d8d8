/** Where a fact belongs. */
export interface FactPlace {
  readonly tenantId: string
  readonly stationId: string
}

type Value = string | number

/**
 * A fact by all that makes it what it is, as text, so that what was sent and what was found can be compared: a row of another
 * tenant or station, of another moment or with another register is another fact.
 */
const keyOf = (kind: string, { tenantId, stationId }: FactPlace, values: readonly Value[]): string =>
  [kind, tenantId, stationId, ...values].join('|')

/** A reading of an EVSE's register in a transaction. */
export const meterKey = (place: FactPlace, transactionId: string, at: number, importWh: number): string =>
  keyOf('meter', place, [transactionId, at, importWh])

/** 1.6: a start, whose number is drawn by the server. */
export const startKey = (place: FactPlace, at: number, registerWh: number): string => keyOf('start', place, [at, registerWh])

/** 1.6: a stop. */
export const stopKey = (
  place: FactPlace,
  transactionId: string,
  { at, registerWh }: { readonly at: number; readonly registerWh: number },
) => keyOf('stop', place, [transactionId, at, registerWh])

/** 2.0.1: a step of a transaction. */
export const stepKey = (place: FactPlace, transactionId: string, { seqNo, kind }: { readonly seqNo: number; readonly kind: string }) =>
  keyOf('step', place, [transactionId, seqNo, kind])

/** A transaction of a station: what becomes one session, and one bill. */
export const sessionKey = (place: FactPlace, transactionId: string): string => keyOf('session', place, [transactionId])
