import { reportChargingProfiles } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'

/** OCPP 2.0.1, K09: what GetChargingProfiles brings. It is read in the message log; nothing is decided from it. */
export const onReportChargingProfiles = handles(reportChargingProfiles, () => ({ facts: [], reply: {} }))
