import { randomBytes, randomInt } from 'node:crypto'
import { milliseconds, watts } from '@voltway/units'
import type { TlsGeneration } from '@voltway/vehicle/transport'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { keyLogTo } from '../v2g/key-log.ts'
import { LINK_OPTIONS, type LinkFlags, numberOf, readLinkFlags, textOf } from '../v2g/link-flags.ts'
import { loadCredential, loadRoots } from '../v2g/load-pki.ts'
import { eventPrinter } from '../v2g/show-event.ts'
import type { CommandContext, Verb } from '../verb.ts'

const REACTION = milliseconds(200)
/** Nobody's plug carries more, in W. */
const MOST_POWER = 1_000_000

const tlsFor = async ({ pki: folder, protocol }: LinkFlags, keyLog: string | undefined) => {
  if (folder === undefined) return undefined
  const load = async (generation: TlsGeneration) => {
    const isSpoken = protocol === undefined || (protocol === 'iso15118-20') === (generation === 'iso20')
    return isSpoken ? loadCredential(folder, generation, 'secc') : undefined
  }
  const [iso2, iso20] = [await load('iso2'), await load('iso20')]
  if (iso2 === undefined && iso20 === undefined)
    throw new CommandFailure(`${folder} has no certificate of a station.`, 'make one: voltway pki test --out pki', EXIT.usage)
  const clientRoots = await loadRoots(folder, ['oem', 'v2g'])
  return { credentials: { ...(iso2 && { iso2 }), ...(iso20 && { iso20 }) }, clientRoots, ...keyLogTo(keyLog) }
}

/** @throws CommandFailure naming what of it is wrong */
const tariffIn = async (context: CommandContext) => {
  const { checkTariff } = await import('@voltway/vehicle')
  const given = textOf(context, 'tariff')
  if (given === undefined) return undefined
  const [currency = '', timeZone = '', ...prices] = given.split(',')
  const bands = prices.map((price) => {
    const [from = '', perKwh = ''] = price.split('=')
    return { from, perKwh }
  })
  const checked = checkTariff({ currency, timeZone, language: 'en', bands }, '--tariff')
  if (checked.ok) return checked.value
  throw new CommandFailure(`${checked.failure.message}.`, 'give one like EUR,Europe/Berlin,06:00=0.42,22:00=0.19.', EXIT.usage)
}

/** @throws CommandFailure where no car could take it */
const evseIdIn = async (context: CommandContext): Promise<string | undefined> => {
  const { checkEvseId } = await import('@voltway/vehicle')
  const given = textOf(context, 'evse-id')
  const checked = given === undefined ? undefined : checkEvseId(given, '--evse-id')
  if (checked?.ok === false) throw new CommandFailure(`${checked.failure.message}.`, 'give one like DE*ABC*E1.', EXIT.usage)
  return given
}

/** Of a car that lets the station decide; 11 kW, as of the schedule, where nothing is said. */
const setPointIn = (context: CommandContext) => {
  const given = textOf(context, 'set-point') ?? '11000'
  const power = Number(given)
  if (Number.isInteger(power) && Math.abs(power) <= MOST_POWER) return watts(power)
  throw new CommandFailure(`--set-point ${given} is not known.`, 'give watts, below zero to have power given back.', EXIT.usage)
}

const start = async (context: CommandContext, flags: LinkFlags, onEnded: () => void) => {
  const { iface, at, current, protocol, sdpPort, pki } = flags
  const { startSecc } = await import('@voltway/vehicle/transport')
  const { BENCH_LIMITS, BENCH_OFFERS, benchSeccOptions, benchStation } = await import('@voltway/vehicle/bench')
  const { systemClock: clock } = await import('@voltway/sim')
  const evseId = await evseIdIn(context)
  const tariff = await tariffIn(context)
  const setPoint = setPointIn(context)
  const wait = milliseconds((numberOf(context, 'authorise-after', 3_600) ?? 1) * 1_000)
  const contractRoots = pki === undefined ? [] : await loadRoots(pki, ['mo', 'v2g'])
  const station = {
    clock,
    limits: BENCH_LIMITS[current],
    offers: BENCH_OFFERS,
    tariff,
    setPoint,
    meterId: 'VOLTWAY-BENCH',
    reactionTime: REACTION,
  }
  return startSecc({
    clock,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    iface,
    at,
    sdpPort,
    port: numberOf(context, 'port', 65_535),
    trusted: context.values.trusted === true,
    tls: await tlsFor(flags, textOf(context, 'key-log')),
    environment: {
      optionsFor: (link) =>
        benchSeccOptions(link, { current, randomBytes, contractRoots, evseId, hasTariff: tariff !== undefined, protocol }),
      onTold: benchStation({ ...station, authorisedAfter: wait }),
      onEnded,
    },
    onEvent: eventPrinter(context.out, context.values.json === true),
  })
}

export const v2gSecc: Verb = {
  noun: 'v2g',
  verb: 'secc',
  summary: "run the station's end of ISO 15118 on a network interface, until Ctrl-C",
  options: {
    ...LINK_OPTIONS,
    port: { type: 'string', value: 'n', summary: 'TCP port of TLS, or of plain TCP where there is no TLS (a free one from 49152)' },
    trusted: { type: 'boolean', summary: 'also serve plain TCP: only in a closed user group' },
    'authorise-after': { type: 'string', value: 's', summary: 'seconds until a card is shown (1)' },
    'evse-id': { type: 'string', value: 'id', summary: "the EVSE's id, 7 to 37 characters (DE*VLT*E0001*1)" },
    tariff: {
      type: 'string',
      value: 'prices',
      summary: 'prices of a kilowatt-hour for cars of ISO 15118-20: EUR,Europe/Berlin,06:00=0.42,22:00=0.19',
    },
    'set-point': {
      type: 'string',
      value: 'w',
      summary: 'power of a car that lets the station decide (ISO 15118-20, dynamic), below zero to be given back (11000)',
    },
    once: { type: 'boolean', summary: 'end after the first session' },
  },
  examples: [
    'voltway v2g secc --iface eth1 --pki pki',
    'voltway v2g secc --iface eth1 --trusted --current dc',
    'voltway v2g secc --iface lo --trusted --sdp-port 25118',
  ],
  run: async (context) => {
    const { untilAsked } = await import('../until-asked.ts')
    const flags = readLinkFlags(context)
    const asked = untilAsked()
    let onEnded = (): void => {}
    const ended = new Promise<void>((resolve) => {
      onEnded = resolve
    })
    const started = await start(context, flags, onEnded)
    if (!started.ok) {
      const { code, message } = started.failure
      const advice = code === 'nothing' ? 'give --pki FOLDER (voltway pki test --out FOLDER makes one), or --trusted.' : undefined
      throw new CommandFailure(`The station's end cannot start: ${message} (${code}).`, advice)
    }
    const { ports, stop } = started.value
    const { address } = flags.at
    context.note(
      `${flags.iface} [${address}]: ${Object.entries(ports)
        .map(([name, port]) => `${name} ${port}`)
        .join(', ')}`,
    )
    await Promise.race([asked, ...(context.values.once === true ? [ended] : [])])
    stop()
    return EXIT.done
  },
}
