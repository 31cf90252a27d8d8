import { resolve } from 'node:path'
import { fail, ok, type Result } from '@voltway/units'

/** Everything the server can be told; made only by `loadConfig`. */
export interface Config {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** Absolute folder of the embedded database and the generated secret. */
  readonly dataDirectory: string
  /** A PostgreSQL server; without it the embedded one runs in the data directory. */
  readonly databaseUrl: string | undefined
  /** The address people use, without a trailing slash: sign-in cookies, QR codes and links carry it. */
  readonly publicUrl: string | undefined
  /** The installation's key text; without it one is generated into the data directory at the first start. */
  readonly secret: string | undefined
  /** Proxies whose X-Forwarded-For is believed; nobody's when empty. */
  readonly trustedProxies: readonly string[]
  /** Whether drivers may create their own account. */
  readonly openSignUp: boolean
  /** Requests a minute that one address may make. */
  readonly requestsPerMinute: number
  /** Sign-ins a minute that one address may try. */
  readonly signInsPerMinute: number
  /** Reservations that one driver may hold at a time, before their sessions are over. */
  readonly reservationsPerDriver: number
  /** Folder of the authority that contracts are issued with; without it none are. */
  readonly contractsDirectory: string | undefined
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** What this server is called among several; host name and port when left out. */
  readonly nodeName: string | undefined
  /** How long a node may be away before the others take over. */
  readonly nodeLeaseSeconds: number
  /** Base address of an OpenTelemetry collector (OTLP over HTTP) that is told of requests, CALLs and jobs; nobody is without. */
  readonly tracesUrl: string | undefined
  /** Of the traces that begin here, the share that is told. */
  readonly tracesShare: number
  /** Contact that push services may use, RFC 8292: a mailto: or https: address. */
  readonly pushContact: string
}

export interface ConfigFailure {
  /** The environment variable; the flag of the same meaning is in `fix`. */
  readonly variable: string
  readonly problem: string
  readonly fix: string
}

type Environment = Readonly<Record<string, string | undefined>>

interface Setting<Value> {
  /** Variables in order of precedence. */
  readonly variables: readonly string[]
  readonly flag?: string
  readonly secret?: true
  readonly fallback: Value
  readonly read: (text: string) => Result<Value, string>
  readonly fix: string
}

const setting = <Value>(it: Setting<Value>) => it

const wholeNumber = (least: number, most: number) => (text: string) => {
  const value = Number(text)
  return Number.isInteger(value) && text.trim() !== '' && value >= least && value <= most
    ? ok(value)
    : fail(`is "${text}", not a whole number from ${least} to ${most}`)
}
const share = (text: string) => {
  const value = Number(text)
  return text.trim() !== '' && value >= 0 && value <= 1 ? ok(value) : fail(`is "${text}", not a number from 0 to 1`)
}
const yesOrNo = (text: string) =>
  /^(true|yes|on|1)$/i.test(text) ? ok(true) : /^(false|no|off|0)$/i.test(text) ? ok(false) : fail(`is "${text}", neither true nor false`)
const oneOf =
  <Value extends string>(...values: readonly Value[]) =>
  (text: string): Result<Value, string> => {
    const found = values.find((value) => value === text)
    return found === undefined ? fail(`is "${text}", not one of ${values.join(', ')}`) : ok(found)
  }
const urlOf =
  (...protocols: readonly string[]) =>
  (text: string): Result<string, string> =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol)
      ? ok(text.replace(/\/+$/, ''))
      : fail(`does not begin with ${protocols.map((protocol) => `${protocol}//`).join(' or ')} or is no URL`)

/** The one schema of the configuration: what stands here is all there is. */
export const SETTINGS = {
  host: setting<string>({
    variables: ['VOLTWAY_HOST'],
    flag: 'host',
    fallback: '127.0.0.1',
    read: (text) => (/^[\w.:-]+$/.test(text) ? ok(text) : fail(`is "${text}", not an address or host name`)),
    fix: 'Give the address to listen on, as 127.0.0.1 or 0.0.0.0.',
  }),
  port: setting<number>({
    variables: ['VOLTWAY_PORT', 'PORT'],
    flag: 'port',
    fallback: 8080,
    read: wholeNumber(0, 65_535),
    fix: 'Give a free port, as 8080.',
  }),
  dataDirectory: setting<string>({
    variables: ['VOLTWAY_DATA_DIRECTORY'],
    flag: 'data',
    fallback: resolve('voltway-data'),
    read: (text) => (text.includes('\0') ? fail('contains a NUL') : ok(resolve(text))),
    fix: 'Give a folder that the server may write to.',
  }),
  databaseUrl: setting<string | undefined>({
    variables: ['DATABASE_URL'],
    flag: 'database-url',
    secret: true,
    fallback: undefined,
    read: urlOf('postgres:', 'postgresql:'),
    fix: 'Give postgres://user:password@host:5432/database, or unset it to run the embedded database.',
  }),
  publicUrl: setting<string | undefined>({
    variables: ['VOLTWAY_PUBLIC_URL'],
    flag: 'public-url',
    fallback: undefined,
    read: urlOf('https:', 'http:'),
    fix: 'Give the address that people open, as https://charge.example.org.',
  }),
  secret: setting<string | undefined>({
    variables: ['VOLTWAY_SECRET'],
    secret: true,
    fallback: undefined,
    read: (text) => (text.length >= 32 ? ok(text) : fail(`has ${text.length} characters, fewer than 32`)),
    fix: 'Give at least 32 random characters (openssl rand -base64 32), or unset it to have one generated in the data directory.',
  }),
  trustedProxies: setting<readonly string[]>({
    variables: ['VOLTWAY_TRUSTED_PROXIES'],
    fallback: [],
    read: (text) => {
      const items = text.split(',').map((item) => item.trim())
      const wrong = items.find((item) => !/^[0-9a-f.:]+(\/\d{1,3})?$/i.test(item))
      return wrong === undefined ? ok(items) : fail(`names "${wrong}", not an address or network`)
    },
    fix: "Give the proxies' addresses or networks with commas, as 10.0.0.1,10.1.0.0/16.",
  }),
  contractsDirectory: setting<string | undefined>({
    variables: ['VOLTWAY_CONTRACTS_DIRECTORY'],
    fallback: undefined,
    read: (text) => (text.includes('\0') ? fail('contains a NUL') : ok(resolve(text))),
    fix: 'Give the folder with mo-sub-ca-2.pem, mo-sub-ca-2.key, mo-sub-ca-1.pem, cps.chain.pem and cps.key (and the same in a folder iso20 for ISO 15118-20), or unset it to issue no contracts.',
  }),
  openSignUp: setting<boolean>({
    variables: ['VOLTWAY_OPEN_SIGN_UP'],
    fallback: true,
    read: yesOrNo,
    fix: 'Give true to let drivers create accounts, false otherwise.',
  }),
  requestsPerMinute: setting<number>({
    variables: ['VOLTWAY_REQUESTS_PER_MINUTE'],
    fallback: 3_000,
    read: wholeNumber(1, 10_000_000),
    fix: 'Give how many requests one address may make in a minute, as 3000.',
  }),
  signInsPerMinute: setting<number>({
    variables: ['VOLTWAY_SIGN_INS_PER_MINUTE'],
    fallback: 30,
    read: wholeNumber(1, 1_000_000),
    fix: 'Give how many sign-ins one address may try in a minute, as 30.',
  }),
  reservationsPerDriver: setting<number>({
    variables: ['VOLTWAY_RESERVATIONS_PER_DRIVER'],
    fallback: 5,
    read: wholeNumber(1, 10_000),
    fix: 'Give how many reservations one driver may hold at a time, as 5.',
  }),
  logLevel: setting<Config['logLevel']>({
    variables: ['VOLTWAY_LOG_LEVEL'],
    flag: 'log-level',
    fallback: 'info',
    read: oneOf('debug', 'info', 'warn', 'error', 'silent'),
    fix: 'Give debug, info, warn, error or silent.',
  }),
  nodeName: setting<string | undefined>({
    variables: ['VOLTWAY_NODE_NAME'],
    fallback: undefined,
    read: (text) => (/^[\w.:-]{1,100}$/.test(text) ? ok(text) : fail(`is "${text}", not a name of letters, digits and . : _ -`)),
    fix: 'Give a name that this server keeps over restarts, as voltway-1, or unset it.',
  }),
  nodeLeaseSeconds: setting<number>({
    variables: ['VOLTWAY_NODE_LEASE_SECONDS'],
    fallback: 10,
    read: wholeNumber(2, 300),
    fix: 'Give after how many seconds without a sign of life a node is taken for dead, as 10.',
  }),
  tracesUrl: setting<string | undefined>({
    variables: ['OTEL_EXPORTER_OTLP_ENDPOINT'],
    fallback: undefined,
    read: urlOf('http:', 'https:'),
    fix: 'Give the address of a collector that takes OTLP over HTTP, as http://127.0.0.1:4318, or unset it to tell nobody.',
  }),
  tracesShare: setting<number>({
    variables: ['OTEL_TRACES_SAMPLER_ARG'],
    fallback: 1,
    read: share,
    fix: 'Give the share of traces that the collector is told, as 0.1.',
  }),
  pushContact: setting<string>({
    variables: ['VOLTWAY_PUSH_CONTACT'],
    fallback: 'mailto:operator@localhost.localdomain',
    read: (text) => (/^(mailto:.+@.+|https:\/\/.+)$/.test(text) ? ok(text) : fail(`is "${text}", neither mailto: nor https:`)),
    fix: 'Give an address for push services, as mailto:ops@example.org.',
  }),
} satisfies { readonly [Key in keyof Config]: Setting<Config[Key]> }

/**
 * Reads the configuration: flag before variable before default. An empty text counts as not given.
 * @returns every failure at once, each naming its variable and what to do.
 */
export const loadConfig = (env: Environment, flags: Environment = {}): Result<Config, readonly ConfigFailure[]> => {
  const failures: ConfigFailure[] = []
  const pick = <Value>({ variables, flag, fallback, read, fix }: Setting<Value>): Value => {
    const variable = variables.find((name) => (env[name] ?? '') !== '')
    const text = (flag && flags[flag]) || (variable && env[variable])
    if (!text) return fallback
    const result = read(text)
    if (result.ok) return result.value
    failures.push({ variable: variable ?? variables[0] ?? '', problem: result.failure, fix: flag ? `${fix} (or --${flag})` : fix })
    return fallback
  }
  const config: Config = {
    host: pick(SETTINGS.host),
    port: pick(SETTINGS.port),
    dataDirectory: pick(SETTINGS.dataDirectory),
    databaseUrl: pick(SETTINGS.databaseUrl),
    publicUrl: pick(SETTINGS.publicUrl),
    secret: pick(SETTINGS.secret),
    trustedProxies: pick(SETTINGS.trustedProxies),
    openSignUp: pick(SETTINGS.openSignUp),
    contractsDirectory: pick(SETTINGS.contractsDirectory),
    requestsPerMinute: pick(SETTINGS.requestsPerMinute),
    signInsPerMinute: pick(SETTINGS.signInsPerMinute),
    reservationsPerDriver: pick(SETTINGS.reservationsPerDriver),
    logLevel: pick(SETTINGS.logLevel),
    nodeName: pick(SETTINGS.nodeName),
    nodeLeaseSeconds: pick(SETTINGS.nodeLeaseSeconds),
    tracesUrl: pick(SETTINGS.tracesUrl),
    tracesShare: pick(SETTINGS.tracesShare),
    pushContact: pick(SETTINGS.pushContact),
  }
  return failures.length > 0 ? fail(failures) : ok(config)
}

/** One line per failure, for a terminal. */
export const describeFailures = (failures: readonly ConfigFailure[]) =>
  failures.map(({ variable, problem, fix }) => `${variable} ${problem}. ${fix}`).join('\n')
