import type { StationWord } from '../../machine/station-words.ts'
import type { StationView } from './state.ts'

type Changes = { readonly [Word in StationWord['word']]: (word: StationWord & { readonly word: Word }) => Partial<StationView> }

/** What each word of the station changes in what is known of it. */
const CHANGES: Changes = {
  authorised: () => ({ authorisation: 'authorised' }),
  refused: ({ reason }) => ({ authorisation: 'refused', refusal: reason }),
  waitingForCustomer: () => ({ authorisation: 'waiting' }),
  offer: ({ schedules }) => ({ offers: schedules.length === 0 ? undefined : schedules }),
  limits: ({ limits }) => ({ limits }),
  // Dynamic control is a thing of ISO 15118-20.
  setPoint: () => ({}),
  measured: ({ voltage, current, power, meter }) => ({ voltage, current, power, ...(meter === undefined ? {} : { meter }) }),
  cableChecked: ({ isolation }) => ({ isolation }),
  contactor: ({ closed }) => ({ contactorClosed: closed }),
  residualCurrent: ({ tripped }) => ({ residualCurrent: tripped }),
  stop: ({ within }) => ({ wish: { notification: 'StopCharging', within } }),
  // There is no such notification here: a car that may come back is one that stops.
  pause: ({ within }) => ({ wish: { notification: 'StopCharging', within } }),
  renegotiate: ({ within }) => ({ wish: { notification: 'ReNegotiation', within } }),
  emergency: ({ cause }) => ({ emergency: cause }),
  receiptWanted: () => ({ receiptWanted: true }),
  certificate: ({ exiResponse }) => ({ certificate: { exi: exiResponse } }),
}

const change = <Word extends StationWord['word']>(word: StationWord & { readonly word: Word }): Partial<StationView> => {
  const changes: (word: StationWord & { readonly word: Word }) => Partial<StationView> = CHANGES[word.word as Word]
  return changes(word)
}

/** The station as it is known after it has said something. */
export const heard = (station: StationView, word: StationWord): StationView => ({ ...station, ...change(word) })
