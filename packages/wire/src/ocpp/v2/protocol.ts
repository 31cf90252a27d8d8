import * as schemas from '../generated/v201.js'
import { protocol } from '../protocol.ts'
import * as actions from './actions.ts'

/** OCPP 2.0.1. A sample's value is a number by its schema, so one that fits the schema can be read. */
export const ocpp201 = protocol({
  version: 'ocpp2.0.1',
  schemas,
  actions: Object.values(actions),
  leniency: { unknownAsMinusOne: new Set(), rounded: new Set(), isReadableSample: () => true },
})
