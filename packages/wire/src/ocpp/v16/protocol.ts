import * as schemas from '../generated/v16.js'
import { protocol } from '../protocol.ts'
import * as actions from './actions.ts'
import { isReadableSample } from './read-meter-values.ts'

/** OCPP 1.6. Transactions that a station began on its own have the number 0 or -1, so -1 also stands for one that cannot be read. */
export const ocpp16 = protocol({
  version: 'ocpp1.6',
  schemas,
  actions: Object.values(actions),
  leniency: {
    unknownAsMinusOne: new Set(['transactionId']),
    rounded: new Set(['meterStart', 'meterStop']),
    isReadableSample,
  },
})
