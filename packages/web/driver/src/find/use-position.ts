import { useEffect, useState } from 'react'
import type { Position } from './choose-sites.ts'

type State = 'unasked' | 'asking' | 'known' | 'refused'

const ask = (found: (position: Position) => void, refused: () => void) =>
  navigator.geolocation.getCurrentPosition(({ coords }) => found({ latitude: coords.latitude, longitude: coords.longitude }), refused, {
    maximumAge: 60_000,
    timeout: 10_000,
  })

/** Where the driver is: asked only on demand, or silently when it was allowed before. */
export const usePosition = () => {
  const [state, setState] = useState<State>('unasked')
  const [position, setPosition] = useState<Position>()
  const locate = () => {
    setState('asking')
    ask(
      (found) => {
        setPosition(found)
        setState('known')
      },
      () => setState('refused'),
    )
  }
  useEffect(() => {
    navigator.permissions?.query({ name: 'geolocation' }).then(
      ({ state: permission }) => {
        if (permission !== 'granted') return
        ask(
          (found) => {
            setPosition(found)
            setState('known')
          },
          () => setState('refused'),
        )
      },
      () => undefined,
    )
  }, [])
  return { state, position, locate }
}
