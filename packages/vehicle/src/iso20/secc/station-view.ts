import { amperes, volts } from '@voltway/units'
import type { SeccOptions } from '../../machine/options.ts'
import type { StationWord } from '../../machine/station-words.ts'
import { optional } from '../rational.ts'
import type { StationView } from './state.ts'

export const initialView = ({ limits }: SeccOptions): StationView => ({
  authorisation: 'none',
  limits,
  voltage: volts(0),
  current: amperes(0),
  contactor: 'unknown',
  receiptWanted: false,
})

/** What the station said, remembered. The last word of a kind counts. */
export const heard = (view: StationView, word: StationWord): StationView => {
  switch (word.word) {
    case 'authorised':
      return { ...view, authorisation: 'authorised' }
    case 'refused':
      return { ...view, authorisation: 'refused', refusal: word.reason }
    case 'waitingForCustomer':
      return { ...view, authorisation: 'waiting' }
    case 'offer':
      return { ...view, offers: word.schedules }
    case 'limits':
      return { ...view, limits: word.limits }
    case 'setPoint':
      return { ...view, setPoint: word.power }
    case 'measured':
      return {
        ...view,
        voltage: word.voltage,
        current: word.current,
        ...optional('power', word.power, (power) => power),
        ...optional('meter', word.meter, (meter) => meter),
      }
    case 'positioned':
      return { ...view, positioned: { step: word.step, done: word.done } }
    case 'cableChecked':
      return { ...view, isolation: word.isolation }
    case 'contactor':
      return { ...view, contactor: word.closed ? 'closed' : 'open' }
    case 'stop':
      return { ...view, wish: { notification: 'Terminate', within: word.within } }
    case 'pause':
      return { ...view, wish: { notification: 'Pause', within: word.within } }
    case 'renegotiate':
      return {
        ...view,
        wish: { notification: word.of === 'services' ? 'ServiceRenegotiation' : 'ScheduleRenegotiation', within: word.within },
      }
    case 'exitStandby':
      return { ...view, wish: { notification: 'ExitStandby', within: word.within } }
    case 'receiptWanted':
      return { ...view, receiptWanted: true }
    case 'certificate':
      return { ...view, certificate: { exi: word.exiResponse } }
    // Said in no message: the machine acts on them at once.
    case 'residualCurrent':
    case 'emergency':
      return view
  }
}
