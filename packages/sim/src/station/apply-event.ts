import { CONNECTOR, type ConnectorEvent } from '../connector-machine.ts'
import type { SimEvse, StationCore } from './core.ts'

/** Moves an EVSE by its table; false when the table refuses. Hears of nothing else: who calls does what follows. */
export function applyEvent(core: StationCore, evse: SimEvse, event: ConnectorEvent): boolean {
  const next = CONNECTOR[evse.state][event]
  if (next === 'refused') return false
  evse.state = next
  settleAvailable(evse)
  core.dialect.status(evse)
  core.changed()
  return true
}

/** A connector that has become free is at once what the operator, the reservation and the cable make of it. */
function settleAvailable(evse: SimEvse): void {
  if (evse.state !== 'available') return
  const event = !evse.operative ? 'inoperative' : evse.reservation ? 'reserve' : evse.vehicle ? 'plug' : undefined
  if (!event) return
  const next = CONNECTOR.available[event]
  if (next !== 'refused') evse.state = next
}
