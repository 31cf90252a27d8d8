import { Button, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { api, formatEnergy, PlanChart, Time } from '@voltway/ui'
import type { Reservation } from '../../api-types.ts'
import { Confirm } from '../../components/confirm.tsx'
import { CostTable } from '../../components/cost-table.tsx'
import { Facts } from '../../components/facts.tsx'
import { StateWord } from '../../components/state-word.tsx'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'
import { ReservationTrouble } from './reservation-trouble.tsx'

const Cancel = ({ reservation, onDone }: { readonly reservation: Reservation; readonly onDone: () => void }) => {
  const [asking, { open, close }] = useDisclosure(false)
  const cancel = useAction({
    run: () => api('POST', `/reservations/${reservation.id}/cancel`, {}),
    stale: [['reservations'], ['stations']],
    said: () => t('reservations.cancelled'),
    onDone,
  })
  return (
    <>
      <Button color="red" variant="outline" onClick={open}>
        {t('reservations.cancel')}
      </Button>
      <Confirm
        opened={asking}
        title={t('reservations.cancelTitle', { code: reservation.code })}
        hint={t('reservations.cancelHint')}
        confirm={t('reservations.cancel')}
        waiting={cancel.isPending}
        onConfirm={() => cancel.mutate()}
        onClose={close}
      />
    </>
  )
}

const Content = ({ reservation, onClose }: { readonly reservation: Reservation; readonly onClose: () => void }) => {
  const may = useScopes()
  const { plan, timeZone, startsAt, endsAt, state } = reservation
  return (
    <div className="c-detail">
      <Facts
        facts={[
          [
            t('reservations.state'),
            <div key="state">
              <StateWord family="reservationState" state={state} />
              <ReservationTrouble reservation={reservation} />
            </div>,
          ],
          [t('reservations.from'), <Time key="from" at={startsAt} timeZone={timeZone} />],
          [t('reservations.until'), <Time key="until" at={endsAt} timeZone={timeZone} />],
          [
            t('session.station'),
            <Link key="station" to="/stations/$id" params={{ id: reservation.stationId }} className="c-link">
              {reservation.stationName}
            </Link>,
          ],
          [t('session.evse'), `${reservation.evseLabel} · ${reservation.evseCode}`],
          [
            t('reservations.who'),
            <Link key="driver" to="/drivers/$id" params={{ id: reservation.driverId }} className="c-link">
              {reservation.driverName ?? reservation.driverId}
            </Link>,
          ],
          [t('reservations.plan'), wordOf('plan', plan.kind)],
          [t('reservations.energy'), formatEnergy(plan.energyWh)],
          reservation.sessionId
            ? [
                t('reservations.session'),
                <Link key="session" to="/sessions/$id" params={{ id: reservation.sessionId }} className="c-link">
                  {t('do.open')}
                </Link>,
              ]
            : undefined,
        ]}
      />
      <PlanChart from={startsAt} to={endsAt} timeZone={timeZone} prices={[]} curve={plan.curve} label={t('reservations.plan')} />
      <CostTable cost={plan.cost} />
      {(state === 'confirmed' || state === 'pushed') && may('sessions:write') && <Cancel reservation={reservation} onDone={onClose} />}
    </div>
  )
}

/** One reservation beside the list: its slot, its plan and what it will cost. */
export const ReservationDrawer = ({
  reservation,
  onClose,
}: {
  readonly reservation: Reservation | undefined
  readonly onClose: () => void
}) => (
  <Drawer
    opened={reservation !== undefined}
    onClose={onClose}
    position="right"
    size="lg"
    title={reservation?.code}
    closeButtonProps={{ 'aria-label': t('do.close') }}
  >
    {reservation && <Content reservation={reservation} onClose={onClose} />}
  </Drawer>
)
