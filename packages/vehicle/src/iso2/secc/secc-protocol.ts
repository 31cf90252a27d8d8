import { volts } from '@voltway/units'
import { running } from '../../machine/machine.ts'
import type { SeccOptions, SeccProtocol } from '../../machine/options.ts'
import type { Dialect } from '../dialect.ts'
import { ZERO_AMPERES } from '../physical.ts'
import { paymentsOf } from './payments.ts'
import type { SeccSession } from './state.ts'
import { seccStep } from './step.ts'
import { offeredModes } from './supply.ts'

const sessionOf = (dialect: Dialect, options: SeccOptions): SeccSession => ({
  name: 'sessionSetup',
  ended: undefined,
  dialect,
  options,
  sessionId: options.sessionId,
  facts: {
    authorisationAsked: false,
    scheduleAsked: false,
    cableCheckAsked: false,
    offered: [],
    scheduleId: 1,
    output: false,
    closing: false,
  },
  station: {
    authorisation: 'none',
    limits: options.limits,
    voltage: volts(0),
    current: ZERO_AMPERES,
    contactorClosed: false,
    residualCurrent: false,
    receiptWanted: false,
  },
})

/** A station's end of a protocol of the first generation: taken where there is something to deliver and a way to pay for it. */
export const seccProtocol = (dialect: Dialect): SeccProtocol => ({
  name: dialect.name,
  setUpFrom: 'dataLink',
  supported: (options) => {
    const session = sessionOf(dialect, options)
    if (offeredModes(session).length === 0 || paymentsOf(session).length === 0) return []
    return [{ namespace: dialect.namespace, major: dialect.major, minor: dialect.minor }]
  },
  begin: (options) => running(seccStep, { state: sessionOf(dialect, options), outputs: [] }),
})
