import { isDirectCurrent } from '../../machine/charging.ts'
import type { EvccSession } from './state.ts'
import type { EvccStateName } from './table.ts'

const ORDERLY_END: ReadonlySet<EvccStateName> = new Set(['powerOff', 'weldingDetection', 'sessionStop', 'ended'])
const OUTPUT_HAS_VOLTAGE: ReadonlySet<EvccStateName> = new Set(['preCharge', 'choosing', 'powerOn'])
const LOOPS: ReadonlySet<EvccStateName> = new Set(['acCharging', 'dcCharging'])

/** The way to the end from where the car would go otherwise: power off first where there is some. */
const wayOut = ({ facts }: EvccSession, next: EvccStateName): EvccStateName =>
  facts.closed || (isDirectCurrent(facts.transfer) && OUTPUT_HAS_VOLTAGE.has(next)) ? 'powerOff' : 'sessionStop'

/** Where the car really goes: what it wishes, or was asked for, turns it off the way to `next`. */
export const courseOf = (session: EvccSession, next: EvccStateName): EvccStateName => {
  const { car, facts, dialect } = session
  if (next === 'sessionStop') return facts.closed ? 'powerOff' : next
  if (ORDERLY_END.has(next)) return next
  if (car.wish === 'stop' || car.wish === 'pause') return wayOut(session, next)
  if (car.wish === 'renegotiate' && LOOPS.has(next) && dialect.can.renegotiate) return 'renegotiating'
  return next
}
