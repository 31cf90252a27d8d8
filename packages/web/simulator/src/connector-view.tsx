import { IconLock, IconLockOpen } from '@tabler/icons-react'
import { formatNumber, formatPower, formatTime } from '@voltway/ui'
import { BatteryBar } from './battery-bar.tsx'
import { ConnectorControls } from './connector-controls.tsx'
import { DialoguePanel } from './dialogue-panel.tsx'
import { PowerHistory } from './power-history.tsx'
import type { SimConnector, SimMessage } from './simulator-api.ts'
import { StateMachine } from './state-machine.tsx'
import { stateWord, t } from './text.ts'

const NAMES: Readonly<Record<string, string>> = {
  IEC_62196_T1: 'Type 1',
  IEC_62196_T2: 'Type 2',
  IEC_62196_T1_COMBO: 'CCS 1',
  IEC_62196_T2_COMBO: 'CCS',
  CHADEMO: 'CHAdeMO',
  DOMESTIC: 'Socket',
}
const here = Intl.DateTimeFormat().resolvedOptions().timeZone

const Facts = ({ connector }: { readonly connector: SimConnector }) => {
  const { locked, voltageV, transaction, reservation } = connector
  const Lock = locked ? IconLock : IconLockOpen
  return (
    <dl className="s-facts">
      <div>
        <dt>{t(locked ? 'connector.locked' : 'connector.unlocked')}</dt>
        <dd>
          <Lock size={20} aria-hidden style={{ color: locked ? 'var(--vw-suspended)' : 'var(--vw-available)' }} />
        </dd>
      </div>
      <div>
        <dt>{t('connector.voltage')}</dt>
        <dd>
          {formatNumber(voltageV)} <small>V</small>
        </dd>
      </div>
      <div>
        <dt>{t('connector.offered')}</dt>
        <dd>
          {formatNumber((transaction?.offeredW ?? 0) / 1000, 1)} <small>kW</small>
        </dd>
      </div>
      <div>
        <dt>{t('connector.drawn')}</dt>
        <dd>
          {formatNumber((transaction?.powerW ?? 0) / 1000, 1)} <small>kW</small>
        </dd>
      </div>
      <div>
        <dt>{t('connector.energy')}</dt>
        <dd>
          {formatNumber((transaction?.importWh ?? 0) / 1000, 2)} <small>kWh</small>
        </dd>
      </div>
      {reservation && (
        <div>
          <dt>{t('connector.reserved', { time: formatTime(reservation.until, here) })}</dt>
          <dd>{reservation.number}</dd>
        </div>
      )}
    </dl>
  )
}

export interface ConnectorViewProps {
  readonly station: string
  readonly connector: SimConnector
  /** Of the whole station. */
  readonly log: readonly SimMessage[]
}

/** One connector: what it is at, its car, its power, what one can do, and its state machine. */
export const ConnectorView = ({ station, connector, log }: ConnectorViewProps) => {
  const { evse, standard, side, maxPowerW, status, state, car } = connector
  return (
    <section className="s-connector" aria-label={t('connector.title', { evse })}>
      <header>
        <h3>
          {t('connector.title', { evse })}{' '}
          <span>
            {[NAMES[standard] ?? standard, side, t('connector.max', { power: formatPower(maxPowerW) })].filter(Boolean).join(' · ')}
          </span>
        </h3>
        <span className="s-status">
          {stateWord(state)} <code>{status}</code>
        </span>
      </header>
      <div className="s-connector-grid">
        <div className="s-left">
          <BatteryBar car={car} />
          <Facts connector={connector} />
          <PowerHistory connector={connector} />
          <ConnectorControls station={station} connector={connector} />
        </div>
        <StateMachine state={state} />
      </div>
      <DialoguePanel connector={connector} log={log} />
    </section>
  )
}
