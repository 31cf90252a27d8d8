import { percent, volts } from '@voltway/units'
import { running } from '../../machine/machine.ts'
import type { EvccOptions, EvccProtocol } from '../../machine/options.ts'
import type { Dialect } from '../dialect.ts'
import { ZERO_AMPERES } from '../physical.ts'
import type { EvccSession } from './state.ts'
import { evccBegin, evccStep } from './step.ts'

const NO_SESSION = new Uint8Array(8)

const sessionOf = (dialect: Dialect, options: EvccOptions): EvccSession => {
  const { resume, crypto, needs } = options
  return {
    name: 'sessionSetup',
    ended: undefined,
    dialect,
    options,
    sessionId: resume?.protocol === dialect.name ? resume.sessionId : NO_SESSION,
    facts: {
      evseId: '',
      resumed: false,
      transfer: needs.transfer,
      mode: 'DC_extended',
      payment: 'eim',
      payments: [],
      valueAdded: [],
      selected: [],
      toDetail: [],
      contract: crypto?.contract,
      offers: [],
      supply: {},
      closed: false,
      charged: false,
      ongoing: false,
      weldingAsked: 0,
      pausing: false,
    },
    car: {
      soc: needs.soc ?? percent(0),
      targetVoltage: needs.charge.maxVoltage ?? volts(0),
      targetCurrent: needs.charge.maxCurrent ?? ZERO_AMPERES,
      limits: {},
      needs,
    },
    waitsFor: 'response',
  }
}

const canPay = ({ options, dialect }: Pick<EvccSession, 'options' | 'dialect'>): boolean =>
  options.payments.some((payment) => payment === 'eim' || (dialect.can.contract && options.link.security !== 'none'))

/** A car's end of a protocol of the first generation: offered where it can say what the car wants. */
export const evccProtocol = (dialect: Dialect): EvccProtocol => ({
  name: dialect.name,
  setUpFrom: 'dataLink',
  supported: (options) => {
    const transfers = options.transfers.filter(
      (transfer) =>
        transfer === 'DC' || (dialect.can.alternatingCurrent && (transfer === 'AC_single_phase' || transfer === 'AC_three_phase')),
    )
    if (transfers.length === 0 || !canPay({ options, dialect })) return []
    return [{ namespace: dialect.namespace, major: dialect.major, minor: dialect.minor }]
  },
  begin: (options, _, at) => running(evccStep, evccBegin(sessionOf(dialect, options), at)),
})
