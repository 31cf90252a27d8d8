import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'qrcode'

/** Of the picture; even, as halves of it hold the colours. */
const SIDE = 480
const PIXELS_PER_MODULE = 9
const [BLACK, WHITE, GREY] = [16, 235, 128]

/** A frame of a video in YUV 4:2:0: the code in the middle of a white picture. */
const frameOf = (text: string): Buffer => {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const edge = Math.floor((SIDE - size * PIXELS_PER_MODULE) / 2)
  const luma = Buffer.alloc(SIDE * SIDE, WHITE)
  for (let y = 0; y < size * PIXELS_PER_MODULE; y++)
    for (let x = 0; x < size * PIXELS_PER_MODULE; x++)
      if (data[Math.floor(y / PIXELS_PER_MODULE) * size + Math.floor(x / PIXELS_PER_MODULE)]) luma[(edge + y) * SIDE + edge + x] = BLACK
  return Buffer.concat([luma, Buffer.alloc((SIDE * SIDE) / 2, GREY)])
}

/** A video file that a browser plays as its camera, over and over: someone holds it before a QR code of this text. */
export const cameraFile = async (text: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'voltway-camera-'))
  const path = join(folder, 'code.y4m')
  const frame = Buffer.concat([Buffer.from('FRAME\n'), frameOf(text)])
  await writeFile(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${SIDE} H${SIDE} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]))
  return { path, remove: () => rm(folder, { recursive: true }) }
}
