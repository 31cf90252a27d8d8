import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as OTLP's JSON writes it. */
export interface HeardSpan {
  readonly name: string
  readonly kind: number
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly status: { readonly code?: number }
}
interface Resource {
  readonly resource: { readonly attributes: HeardSpan['attributes'] }
  readonly scopeSpans: readonly { readonly spans: readonly HeardSpan[] }[]
}

/** Takes OTLP over HTTP on the loopback. */
export const openTestCollector = async () => {
  const heard: Resource[] = []
  let status = 200
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (status === 200) heard.push(...(JSON.parse(Buffer.concat(parts).toString()) as { resourceSpans: Resource[] }).resourceSpans)
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    resources: () => heard.map(({ resource }) => resource),
    spans: () => heard.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    refuse: () => {
      status = 400
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
