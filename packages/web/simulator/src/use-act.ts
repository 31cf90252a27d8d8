import { notifications } from '@mantine/notifications'
import { useCallback, useState } from 'react'
import { act } from './simulator-api.ts'

/** Acts on a station and says what the world answered. */
export const useAct = (station: string) => {
  const [acting, setActing] = useState(false)
  const run = useCallback(
    async (path: string, body?: object) => {
      setActing(true)
      try {
        const { ok, text } = await act(station, path, body)
        notifications.show({ message: text, color: ok ? 'accent' : 'red' })
      } finally {
        setActing(false)
      }
    },
    [station],
  )
  return { run: (path: string, body?: object) => void run(path, body), acting }
}
