import type { EvccSession } from './state.ts'
import type { EvccStateName } from './table.ts'

/** States after which SessionStop may say more than Terminate. */
const ORDERLY: ReadonlySet<EvccStateName> = new Set(['scheduleExchange', 'powerOff', 'weldingDetection', 'disconnect', 'sessionStop'])

const inLoop = ({ facts, car, options }: EvccSession): EvccStateName => {
  if (facts.leaving !== undefined) return 'powerOff'
  if (facts.standby) return 'toStandby'
  const inLine = options.policy.renegotiation === 'inLine' && facts.renegotiation === 'asked'
  return inLine || (facts.renegotiation === 'offered' && car.choice !== undefined) ? 'renegotiation' : 'charging'
}

const inStandby = ({ facts }: EvccSession): EvccStateName => {
  if (facts.leaving !== undefined) return 'powerOff'
  if (facts.standby) return 'standby'
  return facts.energy?.family === 'dc' ? 'preCharge' : 'powerOn'
}

/** What comes next once the car's wishes are heard: at most one step aside from what the last response led to. */
export const due = (session: EvccSession): EvccStateName => {
  const { name, facts } = session
  const { leaving } = facts
  switch (name) {
    case 'charging':
      return inLoop(session)
    case 'standby':
      return inStandby(session)
    case 'cableCheck':
    case 'preCharge':
    case 'powerOn':
      return leaving === undefined ? name : 'powerOff'
    case 'scheduleExchange':
      return leaving === undefined ? name : facts.connected ? 'powerOff' : 'sessionStop'
    case 'toStandby':
    case 'renegotiation':
    case 'powerOff':
    case 'weldingDetection':
    case 'disconnect':
    case 'sessionStop':
    case 'ended':
      return name
    default:
      return leaving === 'stop' || leaving === 'pause' ? 'sessionStop' : name
  }
}

/** A session that is left before anything was agreed cannot be gone on with. */
export const leavingFrom = (from: EvccStateName, session: EvccSession): EvccSession =>
  session.name === 'sessionStop' && session.facts.leaving !== undefined && !ORDERLY.has(from)
    ? { ...session, facts: { ...session.facts, leaving: 'stop' } }
    : session
