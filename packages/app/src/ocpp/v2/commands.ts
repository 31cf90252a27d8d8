import type { IntentCommands } from '../commands/intent-command.ts'
import { cancelReservation } from './commands/cancel-reservation.ts'
import { changeAvailability } from './commands/change-availability.ts'
import { clearChargingProfile } from './commands/clear-charging-profile.ts'
import { remoteStart } from './commands/remote-start.ts'
import { remoteStop } from './commands/remote-stop.ts'
import { reserve } from './commands/reserve.ts'
import { reset } from './commands/reset.ts'
import { setChargingProfile } from './commands/set-charging-profile.ts'
import { trigger } from './commands/trigger.ts'
import { unlock } from './commands/unlock.ts'

/** Every intent in the words of this version: one line each. */
export const commands: IntentCommands = {
  remoteStart,
  remoteStop,
  reserve,
  cancelReservation,
  setChargingProfile,
  clearChargingProfile,
  changeAvailability,
  reset,
  unlock,
  trigger,
}
