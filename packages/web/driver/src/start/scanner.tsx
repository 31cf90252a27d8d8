import '../kit.ts'
import { Button } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { text } from '../text.ts'
import { createReader } from './qr-reader.ts'

const LOOK_EVERY_MS = 250

const turnOff = (stream: MediaStream | undefined) => {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/** Looks for a code in the camera's picture until one is found; the camera is off before and after. */
export const Scanner = ({ onCode }: { readonly onCode: (text: string) => void }) => {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'off' | 'on' | 'refused'>('off')
  const found = useRef(onCode)
  found.current = onCode
  useEffect(() => {
    if (state !== 'on') return
    let [stream, timer, gone]: [MediaStream | undefined, ReturnType<typeof setTimeout> | undefined, boolean] = [undefined, undefined, false]
    const look = async (read: (video: HTMLVideoElement) => Promise<string | undefined>) => {
      const code = video.current && (await read(video.current).catch(() => undefined))
      if (gone) return
      if (code) found.current(code)
      timer = setTimeout(() => void look(read), LOOK_EVERY_MS)
    }
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const read = await createReader()
      if (gone || !video.current) return turnOff(stream)
      video.current.srcObject = stream
      await video.current.play()
      await look(read)
    }
    begin().catch(() => !gone && setState('refused'))
    return () => {
      gone = true
      if (timer) clearTimeout(timer)
      turnOff(stream)
    }
  }, [state])
  if (state === 'on') return <video ref={video} className="vw-camera" muted playsInline aria-label={text('cameraLabel')} />
  return (
    <>
      <Button size="lg" fullWidth variant="default" leftSection={<IconCamera size={20} aria-hidden />} onClick={() => setState('on')}>
        {text('scan')}
      </Button>
      {state === 'refused' && <p className="vw-muted">{text('cameraRefused')}</p>}
    </>
  )
}
