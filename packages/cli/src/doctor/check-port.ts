import { once } from 'node:events'
import { createServer } from 'node:net'
import { type Check, failed, passed } from './check.ts'
import { codeOf } from './code-of.ts'

const NAME = 'port'

export const checkPort: Check = async ({ host, port }) => {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    return passed(NAME, `${port} is free`)
  } catch (error) {
    const why = codeOf(error)
    if (why === 'EADDRINUSE')
      return failed(NAME, `${port} is taken`, 'end what uses it, or start with --port (VOLTWAY_PORT) and another one.')
    if (why === 'EADDRNOTAVAIL' || why === 'ENOTFOUND')
      return failed(NAME, `${host} is not an address of this machine`, 'give one with --host (VOLTWAY_HOST), as 127.0.0.1.')
    return failed(NAME, `${port} cannot be used: ${why}`, 'start with --port (VOLTWAY_PORT) and a port above 1023.')
  } finally {
    server.close()
  }
}
