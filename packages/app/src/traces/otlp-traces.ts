import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, defaultTextMapGetter, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { type ExportResult, ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { EpochMs } from '@voltway/units'
import { systemClock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Traces, WorkEnd, WorkKind } from './traces.ts'

export interface OtlpTracesOptions {
  /** Base address of a collector that speaks OTLP over HTTP. */
  readonly url: string
  /** Of traces that begin here, how many are told: 0 to 1. Who is part of a caller's trace follows the caller. */
  readonly share: number
  readonly nodeName: string
  readonly log: Pick<Log, 'warn'>
}

/** A collector that does not answer must not hold up the end of the server. */
const SEND_WITHIN_MS = 3_000
const KINDS: Readonly<Record<WorkKind, SpanKind>> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
}

/** Spans that could not be sent are lost, and that is said. */
const sayingSo = (exporter: SpanExporter, log: OtlpTracesOptions['log']): SpanExporter => ({
  export: (spans, done) =>
    exporter.export(spans, (result: ExportResult) => {
      if (result.code !== ExportResultCode.SUCCESS) log.warn('traces could not be sent', { spans: spans.length, error: result.error })
      done(result)
    }),
  shutdown: () => exporter.shutdown(),
})

const end = (span: Span, { name, attributes, failed }: WorkEnd, at?: EpochMs) => {
  if (name !== undefined) span.updateName(name)
  if (attributes) span.setAttributes(attributes)
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(at)
}

/** Traces for a collector, with a context of their own: several servers may run in one process. Headers come from `OTEL_EXPORTER_OTLP_HEADERS`. */
export const otlpTraces = ({ url, share, nodeName, log }: OtlpTracesOptions): Traces => {
  const exporter = new OTLPTraceExporter({ url: `${url}/v1/traces`, timeoutMillis: SEND_WITHIN_MS })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'voltway', 'service.instance.id': nodeName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: sayingSo(exporter, log) })],
  })
  const tracer = provider.getTracer('voltway')
  const propagator = new W3CTraceContextPropagator()
  const storage = new AsyncLocalStorage<Context>()
  const above = () => storage.getStore() ?? ROOT_CONTEXT
  return {
    begin: ({ name, kind, headers }) => {
      const parent = headers ? propagator.extract(above(), headers, defaultTextMapGetter) : above()
      const span = tracer.startSpan(name, { kind: KINDS[kind] }, parent)
      const context = trace.setSpan(parent, span)
      return { inside: (part) => storage.run(context, part), end: (ended = {}) => end(span, ended) }
    },
    told: ({ name, kind, milliseconds, ...ended }) => {
      const now = systemClock.now()
      end(tracer.startSpan(name, { kind: KINDS[kind], startTime: now - milliseconds }, above()), ended, now)
    },
    // What could not be sent was said by then.
    close: () => provider.shutdown().catch(() => {}),
  }
}
