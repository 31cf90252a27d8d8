import { readFile } from 'node:fs/promises'
import { type SchemaName, untypedCodecOf } from '@voltway/wire/iso15118'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { readCapture } from '../v2g/read-capture.ts'
import type { Discovered } from '../v2g/read-discovery.ts'
import { readSessions, type Session } from '../v2g/read-session.ts'
import { sequenceLines } from '../v2g/sequence-lines.ts'
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

const PROTOCOLS: Readonly<Partial<Record<SchemaName, string>>> = { din70121: 'DIN 70121', 'iso15118-2': 'ISO 15118-2' }

/** Of the messages that were read; undefined where there are none beyond the handshake. */
const protocolOf = ({ events }: Session): string | undefined => {
  const schema = events.find(({ message }) => message !== undefined && message.schema !== 'app_protocol')?.message?.schema
  return schema && (PROTOCOLS[schema] ?? 'ISO 15118-20')
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

const tlsOf = ({ tls }: Session): string =>
  tls === undefined ? 'plain TCP' : tls === 'unknown' ? 'TLS' : `TLS ${tls.version}, ${tls.suite}`

/** How many messages were there, read or not. */
const messagesOf = ({ events }: Session): number => events.filter(({ gap }) => gap === undefined).length

const asJson = (session: Session, number: number, { out }: CommandContext) => {
  for (const { message, ...event } of session.events) {
    const xml = message && untypedCodecOf(message.schema).document.toXml(message.document, { lenient: true })
    out(
      JSON.stringify({ session: number, ...event, schema: message?.schema, message: message?.name, xml: xml?.ok ? xml.value : undefined }),
    )
  }
  const { car, station, tls, unreadable, wrong, lacks } = session
  out(JSON.stringify({ session: number, car, station, tls: tls ?? false, unreadable, messages: messagesOf(session), wrong, lacks }))
}

const asText = (session: Session, number: number, context: CommandContext) => {
  const { out } = context
  const protocol = protocolOf(session)
  const over = `${protocol === undefined ? '' : `${protocol} over `}${tlsOf(session)}`
  out(`${number > 1 ? '\n' : ''}Session ${number}: car ${session.car}, station ${session.station}, ${over}`)
  const { unreadable } = session
  if (unreadable !== undefined) out(`  what was said cannot be read: ${unreadable}`)
  for (const line of sequenceLines(session.events)) out(line)
  for (const wrong of session.wrong) out(`            ✘ ${wrong}`)
  for (const lack of session.lacks) out(`            … ${lack}`)
  const faults = session.wrong.length + session.events.reduce((sum, { wrong }) => sum + wrong.length, 0)
  if (unreadable === undefined)
    out(
      `  ${plural(messagesOf(session), 'message', 'messages')}, ${faults === 0 ? 'nothing wrong was seen' : plural(faults, 'thing wrong', 'things wrong')}`,
    )
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
