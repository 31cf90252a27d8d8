import { randomBytes } from 'node:crypto'
import type { TemplateName } from '@voltway/sim'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import type { CommandContext, Verb } from '../verb.ts'

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1'] as const

const usage = (message: string, advice: string): CommandFailure => new CommandFailure(message, advice, EXIT.usage)
const text = (value: string | boolean | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** One of these words. @throws CommandFailure naming them */
const oneOf = <Word extends string>(option: string, words: readonly Word[], given: string): Word => {
  const found = words.find((word) => word === given)
  if (found) return found
  throw usage(`--${option} ${given} is not known.`, `give one of ${words.join(', ')}.`)
}

/** Where stations connect: a server's address becomes that of its charging link. */
const linkUrl = (given: string): string => {
  if (!URL.canParse(given) || !/^(wss?|https?):/.test(given))
    throw usage(`"${given}" is not an address.`, 'give one such as ws://127.0.0.1:8080/ocpp.')
  const url = given.replace(/^http/, 'ws').replace(/\/+$/, '')
  return new URL(url).pathname === '/' ? `${url}/ocpp` : url
}

const portOf = ({ values }: CommandContext): number => {
  const port = Number(values['control-port'] ?? 0)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw usage(`--control-port ${values['control-port']} is not a port.`, 'give a whole number up to 65535; 0 lets the system choose.')
}

const startStation = async (context: CommandContext) => {
  const { values } = context
  const { startFleet, scaledClock, systemClock, TEMPLATE_NAMES } = await import('@voltway/sim')
  const { seeded } = await import('@voltway/units')
  const token = randomBytes(24).toString('base64url')
  const identity = text(values.identity) ?? `SIM-${randomBytes(3).toString('hex').toUpperCase()}`
  const template: TemplateName = oneOf('template', TEMPLATE_NAMES, text(values.template) ?? 'ac-22-dual')
  const version = oneOf('version', VERSIONS, text(values.version) ?? 'ocpp2.0.1')
  const url = linkUrl(text(values.url) ?? context.env.VOLTWAY_URL ?? 'ws://127.0.0.1:8080/ocpp')
  const password = text(values.password) ?? context.env.VOLTWAY_STATION_PASSWORD
  const fleet = await startFleet({
    url,
    stations: [{ identity, template, version, ...(password !== undefined && { password }) }],
    clock: scaledClock({ base: systemClock, rate: 1 }),
    random: seeded(randomBytes(4).readUInt32LE()),
    control: { port: portOf(context), token },
    onEvent: (event) => {
      if (event.type === 'link') context.note(`  ${identity} is ${event.state}${event.detail ? `: ${event.detail}` : ''}`)
    },
  })
  return { fleet, identity, template, version, url, token, controlUrl: fleet.controlUrl ?? '' }
}

export const simRun: Verb = {
  noun: 'sim',
  verb: 'run',
  summary: 'a simulated charging station against any server, until Ctrl-C',
  options: {
    url: {
      type: 'string',
      value: 'url',
      summary: "the server's OCPP address, without the identity (VOLTWAY_URL; ws://127.0.0.1:8080/ocpp)",
    },
    identity: { type: 'string', value: 'name', summary: "the station's OCPP identity (made up)" },
    password: { type: 'string', value: 'text', summary: 'its password (VOLTWAY_STATION_PASSWORD; none)' },
    template: {
      type: 'string',
      value: 'name',
      summary: 'ac-home-7, ac-22-dual, dc-50-ccs-chademo, dc-150-ccs-dual or dc-350-ccs (ac-22-dual)',
    },
    version: { type: 'string', value: 'version', summary: 'ocpp1.6 or ocpp2.0.1 (ocpp2.0.1)' },
    'control-port': { type: 'string', value: 'n', summary: 'where the control API listens on loopback (any free port)' },
  },
  examples: ['voltway sim run --identity LB-01 --template dc-150-ccs-dual --version ocpp1.6'],
  run: async (context) => {
    const { untilAsked } = await import('../until-asked.ts')
    const asked = untilAsked()
    const { fleet, ...station } = await startStation(context)
    const { identity, template, version, url, token, controlUrl } = station
    if (context.values.json === true) context.out(JSON.stringify(station))
    else {
      context.out(`${identity} (${template}, ${version}) speaks to ${url}/${identity}`)
      context.out(`Control API: ${controlUrl}   Authorization: Bearer ${token}`)
      context.out(`  curl -X POST -H 'Authorization: Bearer ${token}' ${controlUrl}/stations/${identity}/connectors/1/plug`)
      context.out(`  also: unplug, card {"idToken": ...}, start, stop, fault {"code": ...}, clear; GET ${controlUrl}/stations`)
    }
    await asked
    await fleet.close()
    return EXIT.done
  },
}
