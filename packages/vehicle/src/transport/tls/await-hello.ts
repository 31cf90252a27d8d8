import type { Socket } from 'node:net'
import { fail, ok, type Result } from '@voltway/units'
import { type ClientHello, type HelloFailure, readClientHello } from './client-hello.ts'

export interface HelloEnd {
  readonly code: HelloFailure['code'] | 'gone'
  readonly message: string
}

/** Reads a paused socket until its ClientHello is complete and puts back what was read, so that TLS finds it untouched. */
export const awaitHello = (socket: Socket): Promise<Result<ClientHello, HelloEnd>> =>
  new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0)
    const done = (result: Result<ClientHello, HelloEnd>): void => {
      socket.pause()
      socket.off('data', take)
      socket.off('close', gone)
      if (result.ok) socket.unshift(bytes)
      resolve(result)
    }
    const gone = (): void => done(fail({ code: 'gone', message: 'the peer went before it said what it offers' }))
    const take = (segment: Buffer): void => {
      bytes = Buffer.concat([bytes, segment])
      const hello = readClientHello(bytes)
      if (!hello.ok) done(hello)
      else if (hello.value !== undefined) done(ok(hello.value))
    }
    socket.on('close', gone)
    socket.on('data', take)
    socket.resume()
  })
