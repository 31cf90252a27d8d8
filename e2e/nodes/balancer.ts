import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Balancer {
  readonly port: number
  /** Ports of the nodes, in the order in which they are tried from now on. */
  readonly prefer: (ports: readonly number[]) => void
  readonly close: () => Promise<void>
}

/** What stands before several nodes: every connection goes to the first that takes it. It looks into nothing that passes. */
export const startBalancer = async (): Promise<Balancer> => {
  let ports: readonly number[] = []
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
  }
  const forward = (client: Socket, [port, ...rest]: readonly number[]) => {
    if (port === undefined || client.destroyed) return void client.destroy()
    const node = connect({ port, host: '127.0.0.1' })
    let isThere = false
    keep(node)
    node.on('connect', () => {
      isThere = true
      client.pipe(node)
      node.pipe(client)
    })
    node.on('close', () => (isThere ? client.destroy() : forward(client, rest)))
    client.on('close', () => node.destroy())
  }
  const server = createServer((client) => {
    keep(client)
    forward(client, ports)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    prefer: (next) => {
      ports = next
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
