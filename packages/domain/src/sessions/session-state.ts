import { fail, ok, type Result } from '@voltway/units'

/**
 * A session's life. `pending`: plugged in or authorised, no energy asked for yet; `idle`: charging is over, the car still
 * connected; `held`: ended, but something is implausible and a person decides; `billed`: closed for ever.
 */
export const SESSION_STATES = ['pending', 'charging', 'suspended', 'idle', 'ended', 'held', 'billed'] as const
export type SessionState = (typeof SESSION_STATES)[number]

/**
 * `stopped`: charging is over while the car stays; `ended`: the transaction is over; `doubted`: a reason to hold was found;
 * `released`: a person found the held session right; `waived`: a person closed it with nothing to pay.
 */
export const SESSION_EVENTS = ['charging', 'suspended', 'stopped', 'ended', 'doubted', 'released', 'waived', 'billed'] as const
export type SessionEvent = (typeof SESSION_EVENTS)[number]

const no = null
const live = {
  charging: 'charging',
  suspended: 'suspended',
  stopped: 'idle',
  ended: 'ended',
  doubted: no,
  released: no,
  waived: no,
  billed: no,
} as const
const closed = { charging: no, suspended: no, stopped: no, ended: no, doubted: no, released: no, waived: no, billed: no } as const

/** What every state does with every event; `null` refuses it. Nothing reopens a session that ended. */
export const SESSION_TABLE = {
  pending: live,
  charging: live,
  suspended: live,
  idle: live,
  ended: { ...closed, doubted: 'held', billed: 'billed' },
  held: { ...closed, doubted: 'held', released: 'ended', waived: 'billed' },
  billed: closed,
} as const satisfies Readonly<Record<SessionState, Readonly<Record<SessionEvent, SessionState | null>>>>

export interface SessionEventRefused {
  readonly code: 'SESSION_EVENT_REFUSED'
  readonly state: SessionState
  readonly event: SessionEvent
}

export const stepSession = (state: SessionState, event: SessionEvent): Result<SessionState, SessionEventRefused> => {
  const next = SESSION_TABLE[state][event]
  return next === null ? fail({ code: 'SESSION_EVENT_REFUSED', state, event }) : ok(next)
}

/** The table as a Mermaid state diagram, which the documentation shows. */
export const sessionDiagram = (): string =>
  [
    'stateDiagram-v2',
    '  [*] --> pending',
    ...SESSION_STATES.flatMap((from) =>
      SESSION_EVENTS.flatMap((event) => {
        const to = SESSION_TABLE[from][event]
        return to === null || to === from ? [] : [`  ${from} --> ${to}: ${event}`]
      }),
    ),
    '  billed --> [*]',
  ].join('\n')
