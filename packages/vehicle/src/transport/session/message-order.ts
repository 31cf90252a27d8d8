import type { SchemaName } from '@voltway/wire/iso15118'
import { SECC_TABLE } from '../../iso2/secc/table.ts'
import { SECC_TABLE as ISO20_TABLE } from '../../iso20/secc/table.ts'
import type { Table } from '../../machine/index.ts'
import type { Message } from './read-message.ts'

/** How the messages of a protocol stand in the table of a station. */
interface Order {
  readonly table: Table<string, string>
  readonly initial: string
  /** The table's name of a request; undefined where the table does not know it. */
  readonly eventOf: (message: Message) => string | undefined
}

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {})

/** The fields of a request of DIN 70121 or ISO 15118-2. */
const bodyOf = ({ document, name }: Message): Fields => fieldsOf(fieldsOf(fieldsOf(document.value).Body)[name])

const iso2Event = (message: Message): string => {
  const name = message.name.replace(/Req$/, '')
  const { ChargeProgress, ChargingSession } = bodyOf(message)
  if (name === 'PowerDelivery') return `PowerDelivery(${ChargeProgress})`
  return name === 'SessionStop' ? `SessionStop(${ChargingSession})` : name
}

/** DIN 70121 has the same order under partly other names. */
const dinEvent = (message: Message): string => {
  const name = message.name.replace(/Req$/, '')
  if (name === 'ServicePaymentSelection') return 'PaymentServiceSelection'
  if (name === 'ContractAuthentication') return 'Authorization'
  if (name === 'SessionStop') return 'SessionStop(Terminate)'
  const { DC_EVPowerDeliveryParameter: _, ReadyToChargeState } = bodyOf(message)
  return name === 'PowerDelivery' ? `PowerDelivery(${ReadyToChargeState === true ? 'Start' : 'Stop'})` : name
}

/** A request of ISO 15118-20. Which stream it came on is not known here: what may go beside the main one is in order either way. */
const iso20Event = ({ name, document }: Message): string => {
  const plain = name.replace(/Req$/, '')
  const { ChargeProgress, ChargingSession } = fieldsOf(document.value)
  if (plain === 'PowerDelivery') return `PowerDelivery(${ChargeProgress})`
  return plain === 'SessionStop' ? `SessionStop(${ChargingSession})` : plain
}
const ISO20: Order = { table: ISO20_TABLE, initial: 'sessionSetup', eventOf: iso20Event }

const ORDERS: Readonly<Partial<Record<SchemaName, Order>>> = {
  'iso15118-2': { table: SECC_TABLE, initial: 'sessionSetup', eventOf: iso2Event },
  din70121: { table: SECC_TABLE, initial: 'sessionSetup', eventOf: dinEvent },
  'iso15118-20/CommonMessages': ISO20,
  'iso15118-20/AC': ISO20,
  'iso15118-20/DC': ISO20,
  'iso15118-20/WPT': ISO20,
  'iso15118-20/ACDP': ISO20,
}

/** Judges where requests stand in the order of their protocol. */
export interface OrderJudge {
  /** @returns what is wrong with the place of a request, if anything */
  readonly hear: (request: Message) => string | undefined
  /** Requests were missed: the session may be anywhere until the next ones say where. */
  readonly gap: () => void
}

/** Follows the requests of one session through the table of a station. A session that is heard from its middle on may be anywhere at first. */
export const orderJudge = (): OrderJudge => {
  let states: ReadonlySet<string> | undefined
  let before = ''
  const hear = (request: Message): string | undefined => {
    const order = ORDERS[request.schema]
    const event = order?.eventOf(request)
    if (order === undefined || event === undefined) return undefined
    states ??= new Set(event === 'SessionSetup' ? [order.initial] : Object.keys(order.table))
    const after = (from: Iterable<string>) =>
      new Set([...from].flatMap((state) => [...(order.table[state]?.[event] ?? []), ...(order.table[state]?.[`${event} aside`] ?? [])]))
    const next = after(states)
    const wrong = `${event} is out of order${before === '' ? '' : ` after ${before}`}: a station answers FAILED_SequenceError`
    // One fault is told once: what follows is judged as if it had been in order.
    states = next.size > 0 ? next : after(Object.keys(order.table))
    before = event
    return next.size > 0 ? undefined : wrong
  }
  const gap = (): void => {
    states = undefined
    before = ''
  }
  return { hear, gap }
}
