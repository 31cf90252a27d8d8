import { meterValues, readMeterValues } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'
import { meterFacts } from '../meter-facts.ts'

/** OCPP 2.0.1, J01: readings outside a transaction. */
export const onMeterValues = handles(meterValues, ({ evseId, meterValue }, { receivedAt }) => ({
  facts: meterFacts(readMeterValues(meterValue, receivedAt), { evse: evseId, connector: undefined, transactionId: undefined, receivedAt }),
  reply: {},
}))
