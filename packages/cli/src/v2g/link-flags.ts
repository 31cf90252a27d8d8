import { networkInterfaces } from 'node:os'
import type { Milliseconds } from '@voltway/units'
import type { ProtocolName } from '@voltway/vehicle'
import type { Current } from '@voltway/vehicle/bench'
import { type LinkAddress, linkAddressOf } from '@voltway/vehicle/transport'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import type { CommandContext, Option } from '../verb.ts'

/** What both ends of a cable are asked. */
export const LINK_OPTIONS: Readonly<Record<string, Option>> = {
  iface: { type: 'string', value: 'name', summary: 'the network interface to the other end: eth1, or lo on one machine' },
  pki: { type: 'string', value: 'folder', summary: 'certificates and keys for TLS, as "voltway pki test" makes them' },
  current: { type: 'string', value: 'ac|dc', summary: 'alternating or direct current (ac)' },
  protocol: { type: 'string', value: 'name', summary: 'speak only iso15118-20, iso15118-2 or din70121 (all of them, the newest first)' },
  'sdp-port': { type: 'string', value: 'n', summary: 'UDP port of the discovery (15118)' },
  'key-log': { type: 'string', value: 'file', summary: "add TLS's secrets to this file, so that a capture can be read (SSLKEYLOGFILE)" },
}

const usage = (message: string, advice: string): CommandFailure => new CommandFailure(message, advice, EXIT.usage)

/** A whole number of an option; undefined where it is not given. @throws CommandFailure for what is none */
export const numberOf = ({ values }: CommandContext, option: string, most: number): number | undefined => {
  const given = values[option]
  if (given === undefined) return undefined
  const number = Number(given)
  if (given !== '' && Number.isInteger(number) && number >= 0 && number <= most) return number
  throw usage(`--${option} ${given} is not known.`, `give a whole number up to ${most}.`)
}

export const textOf = ({ values }: CommandContext, option: string): string | undefined => {
  const given = values[option]
  return typeof given === 'string' && given !== '' ? given : undefined
}

export interface LinkFlags {
  readonly iface: string
  readonly at: LinkAddress
  readonly current: Current
  readonly protocol: ProtocolName | undefined
  readonly sdpPort: number | undefined
  readonly pki: string | undefined
}

const PROTOCOLS: readonly ProtocolName[] = ['iso15118-20', 'iso15118-2', 'din70121']

const protocolIn = (context: CommandContext): ProtocolName | undefined => {
  const given = textOf(context, 'protocol')
  const protocol = PROTOCOLS.find((one) => one === given)
  if (given === undefined || protocol !== undefined) return protocol
  throw usage(`--protocol ${given} is not known.`, `give one of ${PROTOCOLS.join(', ')}.`)
}

/** @throws CommandFailure where a flag is wrong, or the interface has no address that a cable needs */
export const readLinkFlags = (context: CommandContext): LinkFlags => {
  const iface = textOf(context, 'iface')
  const names = Object.keys(networkInterfaces()).join(', ')
  if (iface === undefined) throw usage('--iface is missing.', `name the interface to the other end: ${names}.`)
  const at = linkAddressOf(networkInterfaces(), iface)
  if (at === undefined)
    throw usage(`${iface} has no IPv6 address of the link.`, `bring it up and allow IPv6, or name another interface: ${names}.`)
  const current = textOf(context, 'current') ?? 'ac'
  if (current !== 'ac' && current !== 'dc') throw usage(`--current ${current} is not known.`, 'give ac or dc.')
  return { iface, at, current, protocol: protocolIn(context), sdpPort: numberOf(context, 'sdp-port', 65_535), pki: textOf(context, 'pki') }
}

/** Seconds of an option as milliseconds. */
export const secondsOf = (context: CommandContext, option: string): Milliseconds | undefined => {
  const seconds = numberOf(context, option, 86_400)
  return seconds === undefined ? undefined : ((seconds * 1_000) as Milliseconds)
}
