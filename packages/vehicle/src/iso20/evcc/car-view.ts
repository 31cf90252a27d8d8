import type { CarWord } from '../../machine/car-words.ts'
import type { CarView, EvccFacts, EvccSession } from './state.ts'

const battery = (car: CarView, { word: _, ...said }: Extract<CarWord, { word: 'battery' }>): CarView => {
  const { timeToBulk: __, ...rest } = said
  return { ...car, ...rest }
}

/** What the car is about to do, of what it said. */
const intent = (word: CarWord): Partial<EvccFacts> => {
  switch (word.word) {
    case 'stop':
      return { leaving: 'stop' }
    case 'pause':
      return { leaving: 'pause' }
    case 'renegotiate':
      return word.of === 'services' ? { leaving: 'services' } : { renegotiation: 'asked' }
    case 'standby':
      return { standby: true }
    case 'wake':
      return { standby: false }
    default:
      return {}
  }
}

/** What the car said, remembered. The last word of a kind counts. */
export const heard = (session: EvccSession, word: CarWord): EvccSession => {
  const { car } = session
  switch (word.word) {
    case 'battery':
      return { ...session, car: battery(car, word) }
    case 'needs':
      return { ...session, car: { ...car, needs: { ...car.needs, ...word.needs } } }
    case 'choose':
      return { ...session, car: { ...car, choice: word.profile } }
    default:
      return { ...session, facts: { ...session.facts, ...intent(word) } }
  }
}
