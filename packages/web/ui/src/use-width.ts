import { useCallback, useState } from 'react'

/** The width of an element in pixels as the page is laid out, so that drawings keep their text at its size. */
export const useWidth = (initial = 800): readonly [(element: HTMLElement | null) => void, number] => {
  const [width, setWidth] = useState(initial)
  const hold = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [hold, width]
}
