import { readFile } from 'node:fs/promises'
import { untypedCodecOf } from '@voltway/wire/iso15118'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { readCapture } from '../v2g/read-capture.ts'
import type { Discovered } from '../v2g/read-discovery.ts'
import { readSessions, type Session, type SessionEvent } from '../v2g/read-session.ts'
import { readKeyLog } from '../v2g/tls/key-log-file.ts'
import type { CommandContext, Verb } from '../verb.ts'

const bytesOf = async (file: string): Promise<Uint8Array> => {
  try {
    return await readFile(file)
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read: ${error instanceof Error ? error.message : error}`, undefined, EXIT.usage)
  }
}

const open = async (file: string) => {
  const capture = readCapture(await bytesOf(file))
  if (!capture.ok) throw new CommandFailure(`${file} is ${capture.failure}.`, 'save the capture as pcap or pcapng.', EXIT.usage)
  return capture.value
}

const nameOf = ({ message, side }: SessionEvent): string => {
  if (message === undefined) return `${side}: ?`
  const code = message.responseCode === undefined || message.responseCode === 'OK' ? '' : ` ${message.responseCode}`
  return `${side === 'EV' ? 'EV ->' : '   <-'} ${message.name}${code}`
}

/** Repeated pairs, as of a charge loop, are printed once with their number. */
const print = ({ events }: Session, { out }: CommandContext) => {
  const began = events[0]?.seconds ?? 0
  let repeated = 0
  for (const [at, event] of events.entries()) {
    const isAsBefore = event.wrong.length === 0 && at >= 2 && nameOf(event) === nameOf(events[at - 2]!)
    if (isAsBefore) repeated++
    if (isAsBefore && at + 1 < events.length) continue
    if (repeated > 0) out(`             ... ${repeated} messages more of the same two`)
    repeated = 0
    if (isAsBefore) continue
    out(`${(event.seconds - began).toFixed(3).padStart(10)}  ${nameOf(event)}`)
    for (const wrong of event.wrong) out(`            ✘ ${wrong}`)
  }
}

const tlsOf = ({ tls }: Session): string =>
  tls === undefined ? 'plain TCP' : tls === 'unknown' ? 'TLS' : `TLS ${tls.version}, ${tls.suite}`

const asJson = (session: Session, number: number, { out }: CommandContext) => {
  for (const { message, ...event } of session.events) {
    const xml = message && untypedCodecOf(message.schema).document.toXml(message.document, { lenient: true })
    out(
      JSON.stringify({ session: number, ...event, schema: message?.schema, message: message?.name, xml: xml?.ok ? xml.value : undefined }),
    )
  }
  const { car, station, tls, unreadable, wrong } = session
  out(JSON.stringify({ session: number, car, station, tls: tls ?? false, unreadable, messages: session.events.length, wrong }))
}

const asText = (session: Session, number: number, context: CommandContext) => {
  const { out } = context
  out(`${number > 1 ? '\n' : ''}Session ${number}: car ${session.car}, station ${session.station}, ${tlsOf(session)}`)
  const { unreadable } = session
  if (unreadable !== undefined) out(`  what was said cannot be read: ${unreadable}`)
  print(session, context)
  for (const wrong of session.wrong) out(`            ✘ ${wrong}`)
  const faults = session.wrong.length + session.events.reduce((sum, { wrong }) => sum + wrong.length, 0)
  if (unreadable === undefined)
    out(`  ${session.events.length} messages, ${faults === 0 ? 'nothing wrong was seen' : `${faults} things wrong`}`)
}

const asked = ({ message, from, to }: Discovered): string => {
  if (message === undefined) return `${from} -> ${to}: ?`
  if (message.kind === 'request') return `EV -> SDPRequest ${message.security}`
  return `   <- SDPResponse ${message.security} [${message.address}]:${message.port}`
}

/** Questions that were repeated until one was answered are printed once with their number. */
const showDiscovery = (discovery: readonly Discovered[], { out, values }: CommandContext) => {
  if (values.json === true) {
    for (const one of discovery) out(JSON.stringify({ discovery: true, ...one }))
    return
  }
  const runs = discovery.reduce<{ readonly one: Discovered; times: number }[]>((all, one) => {
    const last = all.at(-1)
    if (last !== undefined && last.one.wrong.length === 0 && asked(last.one) === asked(one)) last.times++
    else all.push({ one, times: 1 })
    return all
  }, [])
  if (runs.length > 0) out('Discovery')
  const began = discovery[0]?.seconds ?? 0
  for (const { one, times } of runs) {
    out(`${(one.seconds - began).toFixed(3).padStart(10)}  ${asked(one)}${times > 1 ? ` (${times} times)` : ''}`)
    for (const wrong of one.wrong) out(`            ✘ ${wrong}`)
  }
  if (runs.length > 0) out('')
}

const keysFrom = async (file: string | boolean | undefined) =>
  typeof file === 'string' ? readKeyLog(new TextDecoder().decode(await bytesOf(file))) : undefined

export const v2gInspect: Verb = {
  noun: 'v2g',
  verb: 'inspect',
  summary: 'print what a car and a charger said in a capture, as a sequence, and what is wrong with it',
  positionals: [{ name: 'file', summary: 'a capture of their link, pcap or pcapng' }],
  options: {
    'key-log': { type: 'string', value: 'file', summary: 'secrets of TLS in the SSLKEYLOGFILE format, beside those in a pcapng' },
  },
  examples: [
    'voltway v2g inspect session.pcapng',
    'voltway v2g inspect session.pcap --key-log keys.txt',
    'voltway v2g inspect session.pcap --json',
  ],
  run: async (context) => {
    const file = context.positionals[0] ?? ''
    const capture = await open(file)
    const { sessions, discovery } = readSessions(capture, await keysFrom(context.values['key-log']))
    showDiscovery(discovery, context)
    const show = context.values.json === true ? asJson : asText
    for (const [at, session] of sessions.entries()) show(session, at + 1, context)
    if (capture.isCut) context.note(`${file} ends in the middle of a packet.`)
    if (sessions.length > 0 || discovery.length > 0) return EXIT.done
    throw new CommandFailure(`${file} has ${capture.packets.length} packets and no V2GTP session over TCP.`)
  },
}
