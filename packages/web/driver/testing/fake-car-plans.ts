import type { Plan, PlanSlot, Wish } from '../src/api/types.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const STEP = MINUTE
const iso = (at: number) => new Date(at).toISOString()

export const asksMore = ({ goal, minimum, lastPartMinutes, uninterrupted }: Wish): boolean =>
  goal !== undefined || minimum !== undefined || lastPartMinutes !== undefined || uninterrupted === true

export const fakeWishEnergy = ({ energyWh, targetSocPercent = 80, socPercent = 20 }: Wish): number =>
  energyWh ?? Math.round(((targetSocPercent - socPercent) / 100) * (58_000 / 0.9))

/** What the platform says against a wish that asks more. */
export const fakeCarFaults = (wish: Wish, now: number) => {
  if (!asksMore(wish)) return []
  const { minimum, lastPartMinutes = 0, departure = iso(now), arrival = iso(now) } = wish
  const stay = Date.parse(departure) - Date.parse(arrival)
  const faults: readonly (readonly [boolean, string, string])[] = [
    [wish.waitingMicrosPerHour !== undefined, 'waitingMicrosPerHour', 'does not go with these options: goal says what matters'],
    [minimum !== undefined && minimum.energyWh > fakeWishEnergy(wish), 'minimum.energyWh', 'must not be more than energy'],
    [
      minimum !== undefined && (minimum.by <= arrival || Date.parse(minimum.by) > Date.parse(departure)),
      'minimum.by',
      'must be after arrival and not after departure',
    ],
    [lastPartMinutes * MINUTE > stay, 'lastPartMinutes', 'must not be longer than the car stays'],
  ]
  return faults.filter(([wrong]) => wrong).map(([, path, message]) => ({ path: `body.${path}`, message }))
}

/** What of a minimum a curve does not give by its hour. */
export const fakeShortfall = ({ minimum }: Wish, curve: Plan['curve']): Pick<Plan, 'minimumShortfall'> => {
  if (!minimum) return {}
  const soon = curve.filter(({ to }) => Date.parse(to) <= Date.parse(minimum.by))
  const given = soon.reduce((sum, { from, to, powerW }) => sum + (powerW * (Date.parse(to) - Date.parse(from))) / HOUR, 0)
  const energyWh = Math.round(minimum.energyWh - given)
  return energyWh <= 0 ? {} : { minimumShortfall: { askedWh: minimum.energyWh, by: minimum.by, energyWh, code: 'tooLittleTime' } }
}

interface Facts {
  readonly from: number
  readonly until: number
  readonly powerW: number
  readonly busy: readonly { readonly from: string; readonly to: string }[]
  readonly priceAt: (at: number) => number
}

/** Steps of a minute at full power: first the minimum, then the last part, then the best of what is left. */
export const fakeCarPlan = (
  wish: Wish,
  { from, until, powerW, busy, priceAt }: Facts,
): Pick<Plan, 'curve' | 'reasons'> & { readonly slots: readonly PlanSlot[]; readonly perKwh: number } => {
  const stepWh = Math.round((powerW * STEP) / HOUR)
  const times = Array.from({ length: Math.floor((until - from) / STEP) }, (_, step) => from + step * STEP)
  const isBusy = (at: number) => busy.some((slot) => at + STEP > Date.parse(slot.from) && at < Date.parse(slot.to))
  const used = new Map<number, string>()
  const take = (reason: string, count: number, allowed: (at: number) => boolean) => {
    const worth = (at: number) => (wish.goal === 'earliest' ? 0 : priceAt(at))
    const free = times.filter((at) => allowed(at) && !isBusy(at) && !used.has(at)).sort((a, b) => worth(a) - worth(b) || a - b)
    for (const at of free.slice(0, Math.max(0, count))) used.set(at, reason)
  }
  const { minimum, lastPartMinutes = 0 } = wish
  if (minimum) take('minimum', Math.ceil(minimum.energyWh / stepWh), (at) => at + STEP <= Date.parse(minimum.by))
  const needed = Math.ceil(fakeWishEnergy(wish) / stepWh)
  take('lastPart', Math.min(lastPartMinutes, needed - used.size), (at) => at + STEP > until - lastPartMinutes * MINUTE)
  take('best', needed - used.size, () => true)
  const slots: PlanSlot[] = []
  for (const at of times) {
    const reason = used.get(at) ?? (isBusy(at) ? 'taken' : 'worse')
    const [energyWh, last] = [used.has(at) ? stepWh : 0, slots.at(-1)]
    if (last?.reason === reason) slots[slots.length - 1] = { ...last, to: iso(at + STEP), energyWh: last.energyWh + energyWh }
    else
      slots.push({
        from: iso(at),
        to: iso(at + STEP),
        energyWh,
        reason,
        ...(used.has(at) && { marginalPerKwh: { currency: 'GBP', micros: String(Math.round(priceAt(at) * 1e6)) } }),
      })
  }
  const codes = [
    wish.goal === 'earliest' ? 'soonest' : 'cheapestBeforeDeparture',
    ...(minimum ? ['minimumInTime'] : []),
    ...(lastPartMinutes > 0 ? ['lastPartKept'] : []),
    ...(wish.uninterrupted ? ['withoutPause'] : []),
  ]
  const curve = slots.filter(({ energyWh }) => energyWh > 0).map((slot) => ({ from: slot.from, to: slot.to, powerW }))
  const perKwh = [...used.keys()].reduce((sum, at) => sum + priceAt(at), 0) / Math.max(1, used.size)
  return { slots, curve, perKwh, reasons: codes.map((code) => ({ code })) }
}
