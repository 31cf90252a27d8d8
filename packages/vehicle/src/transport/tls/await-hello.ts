import type { Socket } from 'node:net'
import { fail, ok, type Result } from '@voltway/units'
import { type ClientHello, type HelloFailure, readClientHello } from './client-hello.ts'

export interface HelloEnd {
  readonly code: HelloFailure['code'] | 'gone'
  readonly message: string
}

const MOST_SEGMENTS = 256

/** Reads a paused socket until its ClientHello is complete and puts back what was read, so that TLS finds it untouched. */
export const awaitHello = (socket: Socket): Promise<Result<ClientHello, HelloEnd>> =>
  new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0)
    let segments = 0
    const done = (result: Result<ClientHello, HelloEnd>): void => {
      socket.pause()
      socket.off('data', take)
      socket.off('close', gone)
      if (result.ok) socket.unshift(bytes)
      resolve(result)
    }
    const gone = (): void => done(fail({ code: 'gone', message: 'the peer went before it said what it offers' }))
    const take = (segment: Buffer) => {
      bytes = Buffer.concat([bytes, segment])
      // Each segment is read from the start again: a hello byte by byte must not cost more than it is worth.
      if (++segments > MOST_SEGMENTS) return done(fail({ code: 'oversized', message: 'a ClientHello in too many segments' }))
      const hello = readClientHello(bytes)
      if (!hello.ok) done(hello)
      else if (hello.value !== undefined) done(ok(hello.value))
    }
    socket.on('close', gone)
    socket.on('data', take)
    socket.resume()
  })
