import type { commonMessages } from '@voltway/wire/iso15118'
import type { SignedPart } from '../machine/crypto.ts'
import { fragmentOf } from './codec.ts'
import type { Responses } from './message.ts'

type Schedules = Pick<Responses['ScheduleExchange'], 'Scheduled_SEResControlMode' | 'Dynamic_SEResControlMode'>

/** Every price schedule in a currency that a response carries: of what is charged, and of what is given back. */
export const absolutePricesIn = ({
  Scheduled_SEResControlMode: scheduled,
  Dynamic_SEResControlMode: dynamic,
}: Schedules): readonly commonMessages.AbsolutePriceScheduleType[] =>
  [
    dynamic?.AbsolutePriceSchedule,
    ...(scheduled?.ScheduleTuple ?? []).flatMap(({ ChargingSchedule, DischargingSchedule }) => [
      ChargingSchedule.AbsolutePriceSchedule,
      DischargingSchedule?.AbsolutePriceSchedule,
    ]),
  ].filter((schedule) => schedule !== undefined)

/** What is signed of a response: all prices in a currency. Undefined where there are none, or one that cannot be signed. */
export const priceParts = (schedules: Schedules): readonly SignedPart[] | undefined => {
  const parts = absolutePricesIn(schedules).map((schedule) => ({ id: schedule.Id, exi: fragmentOf('AbsolutePriceSchedule', schedule) }))
  const whole = parts.flatMap(({ id, exi }) => (id === undefined || exi === undefined ? [] : [{ id, exi }]))
  return whole.length === 0 || whole.length < parts.length ? undefined : whole
}
