import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** What a frame says of itself; everything may be wrong. */
export interface RawFrame {
  readonly payload: Buffer | string
  readonly opcode?: number
  readonly fin?: boolean
  /** RSV1 is the bit of compression. */
  readonly rsv?: number
  readonly masked?: boolean
  /** A length that is claimed instead of the payload's own. */
  readonly claims?: bigint
}

export interface RawLink {
  readonly socket: Socket
  readonly send: (frame: RawFrame) => void
  /** The code of the server's close frame; undefined when the connection just ended. */
  readonly closeCode: Promise<number | undefined>
  /** The payloads of text frames so far. */
  readonly texts: string[]
}

const lengthOf = (length: number | bigint): Buffer => {
  if (length < 126) return Buffer.from([Number(length)])
  const bytes = Buffer.alloc(length < 65_536 ? 3 : 9)
  bytes[0] = length < 65_536 ? 126 : 127
  if (length < 65_536) bytes.writeUInt16BE(Number(length), 1)
  else bytes.writeBigUInt64BE(BigInt(length), 1)
  return bytes
}

/** A frame as bytes, RFC 6455 section 5.2. */
const encoded = ({ payload, opcode = 1, fin = true, rsv = 0, masked = true, claims }: RawFrame): Buffer => {
  const body = Buffer.from(payload)
  const length = lengthOf(claims ?? body.length)
  if (masked) length[0]! |= 0x80
  const mask = masked ? randomBytes(4) : Buffer.alloc(0)
  if (masked) for (const [index, byte] of body.entries()) body[index] = byte ^ mask[index % 4]!
  return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode]), length, mask, body])
}

const READ_WITHIN = 15_000

/** A WebSocket made by hand, for frames that no library sends. */
export const openRawLink = ({
  port,
  identity,
  password,
}: {
  readonly port: number
  readonly identity: string
  readonly password: string
}) =>
  new Promise<RawLink>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const closed = Promise.withResolvers<number | undefined>()
    const texts: string[] = []
    let heard = Buffer.alloc(0)
    let open = false
    const timer = setTimeout(() => socket.destroy(new Error('nothing more came')), READ_WITHIN)
    socket.on('close', () => {
      clearTimeout(timer)
      closed.resolve(undefined)
    })
    socket.on('error', (error) => (open ? closed.resolve(undefined) : reject(error)))
    // Frames of a server are not masked.
    const readFrames = () => {
      while (heard.length >= 2) {
        const small = heard[1]! & 0x7f
        const head = small < 126 ? 2 : 4
        if (heard.length < head) return
        const length = small < 126 ? small : heard.readUInt16BE(2)
        if (heard.length < head + length) return
        const payload = heard.subarray(head, head + length)
        const opcode = heard[0]! & 0x0f
        if (opcode === 1) texts.push(payload.toString())
        if (opcode === 8) closed.resolve(length >= 2 ? payload.readUInt16BE(0) : 1005)
        heard = Buffer.from(heard.subarray(head + length))
      }
    }
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, Buffer.from(chunk)])
      if (!open) {
        const end = heard.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = heard.subarray(0, end).toString()
        if (!head.startsWith('HTTP/1.1 101')) return reject(new Error(head))
        open = true
        heard = heard.subarray(end + 4)
        resolve({ socket, texts, closeCode: closed.promise, send: (frame) => socket.write(encoded(frame)) })
      }
      readFrames()
    })
    socket.write(
      [
        `GET /ocpp/${identity} HTTP/1.1`,
        'Host: 127.0.0.1',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        'Sec-WebSocket-Protocol: ocpp1.6',
        'Sec-WebSocket-Extensions: permessage-deflate',
        `Authorization: Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`,
        '\r\n',
      ].join('\r\n'),
    )
  })
