import { useSyncExternalStore } from 'react'

let reached = true

const subscribe = (changed: () => void) => {
  const hear = ({ data }: MessageEvent<{ readonly reached?: boolean }>) => {
    if (data.reached === undefined) return
    reached = data.reached
    changed()
  }
  const back = () => {
    reached = true
    changed()
  }
  addEventListener('online', back)
  addEventListener('offline', changed)
  navigator.serviceWorker?.addEventListener('message', hear)
  return () => {
    removeEventListener('online', back)
    removeEventListener('offline', changed)
    navigator.serviceWorker?.removeEventListener('message', hear)
  }
}

/** Whether there is a network, by the browser's belief and by whether the platform's last answer came over it. */
export const useOnline = () => useSyncExternalStore(subscribe, () => navigator.onLine && reached)
