import type { Dialect, StationCore } from '../station/core.ts'
import { commands2 } from './commands.ts'
import { messages2 } from './messages.ts'
import { vehicleMessages2 } from './vehicle-messages.ts'

/** A station as it speaks OCPP 2.0.1. */
export const speak2 = (core: StationCore): Dialect => {
  const commands = commands2(core)
  return {
    ...messages2(core),
    vehicle: vehicleMessages2(core),
    answer: async (action, payload) => (Object.hasOwn(commands, action) ? commands[action]?.(payload) : undefined),
  }
}
