import type { Dialect, StationCore } from '../station/core.ts'
import { commands16 } from './commands.ts'
import { messages16 } from './messages.ts'

/** A station as it speaks OCPP 1.6J. */
export const speak16 = (core: StationCore): Dialect => {
  const commands = commands16(core)
  return {
    ...messages16(core),
    answer: async (action, payload) => (Object.hasOwn(commands, action) ? commands[action]?.(payload) : undefined),
  }
}
