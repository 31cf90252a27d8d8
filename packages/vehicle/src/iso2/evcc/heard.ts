import type { CarWord } from '../../machine/car-words.ts'
import type { CarView } from './state.ts'

/** The car as it is known after it has said something. A wish to end the session stays. */
export const heard = (car: CarView, word: CarWord): CarView => {
  switch (word.word) {
    case 'battery': {
      const { word: _, limits, voltage: __, ...changes } = word
      return { ...car, ...changes, limits: { ...car.limits, ...limits } }
    }
    case 'needs':
      return { ...car, needs: { ...car.needs, ...word.needs, transfer: car.needs.transfer } }
    case 'choose':
      return { ...car, profile: word.profile }
    case 'stop':
    case 'pause':
      return { ...car, wish: word.word }
    case 'renegotiate':
      return car.wish === undefined ? { ...car, wish: 'renegotiate' } : car
    case 'emergency':
      return car
  }
}
