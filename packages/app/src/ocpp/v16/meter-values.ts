import { meterValues, readMeterValues } from '@voltway/wire/ocpp/v16'
import { handles } from '../handler.ts'
import { meterFacts } from '../meter-facts.ts'
import { findTransaction } from './find-transaction.ts'

/** OCPP 1.6, 4.7. Kept whatever transaction it names; attached only to one of this station. */
export const onMeterValues = handles(meterValues, async ({ connectorId, transactionId, meterValue }, context) => {
  const { receivedAt } = context
  const readings = readMeterValues(meterValue, receivedAt)
  const at = readings[0]?.atMs ?? receivedAt
  const found = await findTransaction({ number: transactionId, evse: connectorId, at }, context)
  const evse = connectorId === 0 ? (found.evse ?? 0) : connectorId
  return {
    facts: meterFacts(readings, { evse, connector: evse === 0 ? undefined : 1, transactionId: found.transactionId, receivedAt }),
    reply: {},
    alarms: found.alarms,
  }
})
