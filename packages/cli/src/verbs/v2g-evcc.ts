import type { ProtocolName } from '@voltway/vehicle'
import type { Credential, TlsGeneration } from '@voltway/vehicle/transport'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { keyLogTo } from '../v2g/key-log.ts'
import { LINK_OPTIONS, type LinkFlags, readLinkFlags, secondsOf, textOf } from '../v2g/link-flags.ts'
import { loadCredential, loadRoots } from '../v2g/load-pki.ts'
import { eventPrinter } from '../v2g/show-event.ts'
import type { CommandContext, Verb } from '../verb.ts'

type Contracts = Readonly<Partial<Record<TlsGeneration, Credential>>>

const SPOKEN: Readonly<Record<ProtocolName, readonly TlsGeneration[]>> = { 'iso15118-20': ['iso20'], 'iso15118-2': ['iso2'], din70121: [] }

/** The first best. Of ISO 15118-20 only a car with a certificate of its own can speak: TLS 1.3 asks for it. */
const generationsOf = (hasVehicle: boolean, protocol: ProtocolName | undefined, contracts: Contracts | undefined) => {
  const able = protocol !== undefined ? SPOKEN[protocol] : hasVehicle ? (['iso20', 'iso2'] as const) : (['iso2'] as const)
  return contracts === undefined ? able : able.filter((generation) => contracts[generation] !== undefined)
}

/** DIN 70121 knows no TLS. */
const tlsFor = async ({ pki: folder, protocol }: LinkFlags, contracts: Contracts | undefined, keyLog: string | undefined) => {
  if (folder === undefined || protocol === 'din70121') return undefined
  const roots = await loadRoots(folder, ['v2g'])
  if (roots.length === 0) throw new CommandFailure(`${folder} has no V2G root.`, 'make one: voltway pki test --out pki', EXIT.usage)
  const credential = await loadCredential(folder, 'iso20', 'vehicle')
  const generations = generationsOf(credential !== undefined, protocol, contracts)
  if (generations.length === 0)
    throw new CommandFailure(`${folder} has no contract of ${protocol}.`, 'leave out --protocol, or --contract.', EXIT.usage)
  return { roots, generations, ...(credential && { credential }), ...keyLogTo(keyLog) }
}

/** A contract for each generation that has one. */
const contractsFor = async ({ values }: CommandContext, folder: string | undefined): Promise<Contracts | undefined> => {
  if (values.contract !== true) return undefined
  const load = async (generation: TlsGeneration) => (folder === undefined ? undefined : loadCredential(folder, generation, 'contract'))
  const [iso2, iso20] = [await load('iso2'), await load('iso20')]
  if (iso2 !== undefined || iso20 !== undefined) return { ...(iso2 && { iso2 }), ...(iso20 && { iso20 }) }
  throw new CommandFailure(
    'There is no contract to pay by.',
    'name a folder with one: --pki FOLDER (voltway pki test --out FOLDER).',
    EXIT.usage,
  )
}

const start = async (context: CommandContext, flags: LinkFlags, signal: AbortSignal) => {
  const { DISCOVERY_POLICY, startEvcc } = await import('@voltway/vehicle/transport')
  const { BENCH_BATTERY, benchCar, benchEvccOptions } = await import('@voltway/vehicle/bench')
  const { systemClock: clock } = await import('@voltway/sim')
  const { iface, at, current, protocol, sdpPort, pki } = flags
  const contracts = await contractsFor(context, pki)
  const tls = await tlsFor(flags, contracts, textOf(context, 'key-log'))
  const isPlain = context.values.plain === true
  if (tls === undefined && !isPlain)
    throw new CommandFailure(
      'Neither --pki nor --plain is given.',
      'name a folder with V2G roots, or allow a session without TLS.',
      EXIT.usage,
    )
  const needsTls = contracts !== undefined
  const bothWays = context.values['both-ways'] === true
  const control = context.values.dynamic === true ? 'dynamic' : 'scheduled'
  return startEvcc({
    clock,
    iface,
    at,
    sdpPort,
    tls,
    signal,
    policy: { ...DISCOVERY_POLICY, ask: tls === undefined ? 'none' : 'tls', acceptNone: isPlain, needsTls, anyAddress: at.isLoopback },
    environment: {
      optionsFor: (link) => benchEvccOptions(link, { current, contracts, protocol, bothWays, control }),
      onTold: benchCar({
        clock,
        batteryVoltage: BENCH_BATTERY.voltage,
        current: BENCH_BATTERY.current,
        chargeFor: secondsOf(context, 'charge-for'),
      }),
    },
    onEvent: eventPrinter(context.out, context.values.json === true),
  })
}

export const v2gEvcc: Verb = {
  noun: 'v2g',
  verb: 'evcc',
  summary: "run the car's end of ISO 15118 on a network interface: one session, ended in order by Ctrl-C",
  options: {
    ...LINK_OPTIONS,
    contract: { type: 'boolean', summary: 'pay by the contract in the --pki folder (Plug & Charge), only under TLS' },
    plain: { type: 'boolean', summary: 'take a station without TLS' },
    dynamic: { type: 'boolean', summary: 'let the station decide the power from moment to moment: ISO 15118-20' },
    'both-ways': { type: 'boolean', summary: 'be able to give back, too: ISO 15118-20' },
    'charge-for': { type: 'string', value: 's', summary: 'stop after so many seconds (until Ctrl-C)' },
  },
  examples: ['voltway v2g evcc --iface eth1 --pki pki --charge-for 30', 'voltway v2g evcc --iface lo --plain --sdp-port 25118'],
  run: async (context) => {
    const { untilAsked } = await import('../until-asked.ts')
    const flags = readLinkFlags(context)
    const stop = new AbortController()
    const asked = untilAsked().then(() => stop.abort())
    const started = await start(context, flags, stop.signal)
    if (!started.ok) throw new CommandFailure(`There is no session: ${started.failure.message} (${started.failure.code}).`)
    const { say, ended } = started.value
    asked.then(() => say({ word: 'stop' }))
    const { reason, defect } = await ended
    if (reason?.code === 'finished' || reason?.code === 'paused') return EXIT.done
    throw new CommandFailure(`The session ended badly: ${defect ?? [reason?.code, reason?.detail].filter(Boolean).join(', ')}.`)
  },
}
