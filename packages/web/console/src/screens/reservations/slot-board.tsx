import { formatTime, timeTicks } from '@voltway/ui'
import type { Reservation } from '../../api-types.ts'
import { t, wordOf } from '../../text.ts'

export interface SlotBoardProps {
  readonly label: string
  readonly from: string
  readonly to: string
  readonly timeZone: string
  readonly now: number
  readonly evses: readonly { readonly id: string; readonly label: string }[]
  readonly reservations: readonly Reservation[]
  readonly onOpen: (reservationId: string) => void
}
const GONE = new Set(['released', 'cancelled'])

/** A day as a board: EVSEs down, hours across, each slot a button. */
export const SlotBoard = ({ label, from, to, timeZone, now, evses, reservations, onOpen }: SlotBoardProps) => {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const share = (at: number) => `${((Math.min(Math.max(at, start), end) - start) / (end - start)) * 100}%`
  const width = (slot: Reservation) =>
    `${((Math.min(Date.parse(slot.endsAt), end) - Math.max(Date.parse(slot.startsAt), start)) / (end - start)) * 100}%`
  const ticks = timeTicks(start, end - 1, timeZone, 12)
  const held = Map.groupBy(
    reservations.filter(({ state }) => !GONE.has(state)),
    ({ evseId }) => evseId,
  )
  if (evses.length === 0) return <div className="c-surface">{t('reservations.noEvses')}</div>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
    <section className="c-board" aria-label={label} tabIndex={0}>
      <div className="c-board-inside">
        <div className="c-board-row" aria-hidden>
          <span />
          <div className="c-board-hours">
            {ticks.map((tick) => (
              <span key={tick} style={{ insetInlineStart: share(tick) }}>
                {formatTime(new Date(tick).toISOString(), timeZone)}
              </span>
            ))}
          </div>
        </div>
        {evses.map((evse) => (
          <div key={evse.id} className="c-board-row">
            <span className="c-board-label" title={evse.label}>
              {evse.label}
            </span>
            <div className="c-board-line">
              {ticks.map((tick) => (
                <i key={tick} style={{ insetInlineStart: share(tick) }} />
              ))}
              {now > start && now < end && <i className="c-board-now" style={{ insetInlineStart: share(now) }} />}
              {(held.get(evse.id) ?? []).map((slot) => (
                <button
                  key={slot.id}
                  type="button"
                  data-state={slot.state}
                  style={{ insetInlineStart: share(Date.parse(slot.startsAt)), inlineSize: width(slot) }}
                  title={`${slot.code} · ${slot.driverName ?? ''}\n${formatTime(slot.startsAt, timeZone)}–${formatTime(slot.endsAt, timeZone)}`}
                  aria-label={`${slot.code}, ${slot.driverName ?? ''}, ${formatTime(slot.startsAt, timeZone)}–${formatTime(slot.endsAt, timeZone)}, ${wordOf('reservationState', slot.state)}`}
                  onClick={() => onOpen(slot.id)}
                >
                  {slot.driverName ?? slot.code}
                </button>
              ))}
            </div>
          </div>
        ))}
      </div>
    </section>
  )
}
