import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { formatTime } from '@voltway/ui'
import { useState } from 'react'
import type { SimConnector } from './simulator-api.ts'
import { t } from './text.ts'
import { useAct } from './use-act.ts'

/** Labels of the simulator's own car models. */
const CARS = ['City car', 'Hatchback', 'Estate', 'Long-range saloon', 'Delivery van']
/** Error codes of OCPP 1.6, section 7.6. */
const FAULTS = ['GroundFailure', 'OverCurrentFailure', 'HighTemperature', 'ConnectorLockFailure', 'PowerMeterFailure', 'OtherError']

const here = Intl.DateTimeFormat().resolvedOptions().timeZone
const SECONDS_PER_HOUR = 3_600
/** When the driver is back: only a car that speaks has words for it. */
const LEAVES = [
  { value: '', label: t('leaves.unsaid') },
  ...[1, 2, 4, 8, 12].map((hours) => ({ value: String(hours), label: t('leaves.inHours', { hours }) })),
]

/** What a driver can do at the connector, and what can go wrong with it. */
export const ConnectorControls = ({ station, connector }: { readonly station: string; readonly connector: SimConnector }) => {
  const { run, acting } = useAct(station)
  const [car, setCar] = useState('Hatchback')
  const [soc, setSoc] = useState<string | number>(35)
  const [speaks, setSpeaks] = useState<string>('pilot')
  const [leaves, setLeaves] = useState('')
  const [token, setToken] = useState('')
  const [code, setCode] = useState('GroundFailure')
  const go = (action: string, body?: object) => run(`connectors/${connector.evse}/${action}`, body)
  const plug = () => {
    const departureSeconds = speaks === 'pilot' ? 0 : Number(leaves) * SECONDS_PER_HOUR
    return go('plug', { car: { label: car, socPercent: Number(soc) || 0 }, speaks, ...(departureSeconds > 0 && { departureSeconds }) })
  }
  const spoken = connector.dialogue?.speaks ?? 'pilot'
  const leavesAt = connector.dialogue?.leavesAt
  const said = leavesAt === undefined ? t('leaves.unsaid') : t('leaves.at', { time: formatTime(leavesAt, here) })
  const isPlugged = connector.cable === 'plugged'
  const flows = connector.transaction !== undefined
  const gives = (connector.transaction?.powerW ?? 0) < 0
  return (
    <div className="s-controls">
      <div className="s-row">
        <NativeSelect
          size="xs"
          label={t('connector.car')}
          data={CARS}
          value={car}
          disabled={isPlugged}
          onChange={({ currentTarget }) => setCar(currentTarget.value)}
        />
        <NumberInput
          size="xs"
          label={t('connector.soc')}
          suffix=" %"
          min={0}
          max={100}
          w={116}
          hideControls
          value={soc}
          disabled={isPlugged}
          onChange={setSoc}
        />
        <NativeSelect
          size="xs"
          label={t('connector.speaks')}
          data={connector.speaks.map((value) => ({ value, label: t(`speaks.${value}`) }))}
          value={isPlugged ? spoken : speaks}
          disabled={isPlugged || connector.speaks.length < 2}
          onChange={({ currentTarget }) => setSpeaks(currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={t('connector.leaves')}
          data={isPlugged ? [said] : LEAVES}
          value={isPlugged ? said : leaves}
          disabled={isPlugged || speaks === 'pilot'}
          onChange={({ currentTarget }) => setLeaves(currentTarget.value)}
        />
        {isPlugged ? (
          <>
            <Button size="xs" variant="default" disabled={acting} onClick={() => go('unplug')}>
              {t('connector.unplug')}
            </Button>
            {connector.locked && (
              <Button size="xs" variant="subtle" color="red" disabled={acting} onClick={() => go('unplug', { force: true })}>
                {t('connector.force')}
              </Button>
            )}
          </>
        ) : (
          <Button size="xs" disabled={acting} onClick={plug}>
            {t('connector.plug')}
          </Button>
        )}
      </div>
      <form
        className="s-row"
        onSubmit={(event) => {
          event.preventDefault()
          go('card', { idToken: token })
        }}
      >
        <TextInput
          size="xs"
          label={t('connector.token')}
          value={token}
          maxLength={36}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'vw-mono' }}
          onChange={({ currentTarget }) => setToken(currentTarget.value)}
        />
        <Button size="xs" type="submit" variant="default" disabled={acting || token.trim() === ''}>
          {t('connector.show')}
        </Button>
      </form>
      <div className="s-row">
        <Button size="xs" disabled={acting || flows} onClick={() => go('start')}>
          {t('connector.start')}
        </Button>
        <Button size="xs" color="red" disabled={acting || !flows} onClick={() => go('stop')}>
          {t('connector.stop')}
        </Button>
        <Button size="xs" variant="default" disabled={acting || !flows} onClick={() => go('emergency')}>
          {t('connector.emergency')}
        </Button>
        <Button size="xs" variant="default" disabled={acting || !flows} onClick={() => go('discharge', { powerW: gives ? 0 : 5_000 })}>
          {t(gives ? 'connector.takeAgain' : 'connector.giveBack')}
        </Button>
      </div>
      <div className="s-row">
        <NativeSelect
          size="xs"
          label={t('connector.faultCode')}
          data={FAULTS}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
        <Button size="xs" variant="default" disabled={acting} onClick={() => go('fault', { code })}>
          {t('connector.fault')}
        </Button>
        <Button size="xs" variant="default" disabled={acting || connector.state !== 'faulted'} onClick={() => go('clear')}>
          {t('connector.clear')}
        </Button>
      </div>
    </div>
  )
}
