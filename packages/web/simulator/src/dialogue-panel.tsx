import { SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { formatNumber, formatTime } from '@voltway/ui'
import { useState } from 'react'
import { Sequence } from './sequence.tsx'
import { LIFELINES, type Lifeline, sequenceRows } from './sequence-rows.ts'
import type { SimConnector, SimMessage } from './simulator-api.ts'
import { endedWord, t } from './text.ts'

const here = Intl.DateTimeFormat().resolvedOptions().timeZone

type View = 'all' | 'cable' | 'server'
const LINES: Readonly<Record<View, readonly Lifeline[]>> = { all: LIFELINES, cable: ['EV', 'SECC'], server: ['station', 'server'] }
/** Narrower than this, four columns have no room for their words. */
const NARROW = '(max-width: 48em)'

const kW = (watts: number | undefined) => (watts === undefined ? '–' : `${formatNumber(watts / 1000, 1)} kW`)

const Figures = ({ connector: { transaction, dialogue, car } }: { readonly connector: SimConnector }) => {
  const soc = car?.socPercent
  const figures = [
    ['connector.offered', kW(transaction?.offeredW)],
    ['connector.drawn', kW(transaction?.powerW)],
    ['dialogue.asked', kW(dialogue?.demandW)],
    ['connector.soc', soc === undefined ? '–' : `${formatNumber(soc, 1)} %`],
  ] as const
  return (
    <dl className="s-facts">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const NAMES: Readonly<Record<string, string>> = { 'iso15118-2': 'ISO 15118-2', din70121: 'DIN 70121', 'iso15118-20': 'ISO 15118-20' }

/** What is spoken, and how far it got; why it is over. */
const Standing = ({ dialogue }: { readonly dialogue: NonNullable<SimConnector['dialogue']> }) => {
  const { state, protocol, security, ended, chargesFrom } = dialogue
  const spoken = protocol && [NAMES[protocol] ?? protocol, security === 'none' ? t('dialogue.noTls') : security].filter(Boolean).join(' · ')
  return (
    <p className="s-standing">
      {spoken && <strong>{spoken}</strong>}
      <span>{state === 'ended' ? endedWord(ended ?? '') : t(`dialogue.${state}`)}</span>
      {chargesFrom && <span>{t('dialogue.waits', { time: formatTime(chargesFrom, here) })}</span>}
      {state === 'ended' && ended !== undefined && <code>{ended}</code>}
    </p>
  )
}

export interface DialoguePanelProps {
  readonly connector: SimConnector
  readonly log: readonly SimMessage[]
}

/** What car, station and server say to each other while a car is plugged in that speaks ISO 15118. */
export const DialoguePanel = ({ connector, log }: DialoguePanelProps) => {
  const { evse, dialogue, cable } = connector
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const [chosen, setChosen] = useState<View>('all')
  const view = isNarrow && chosen === 'all' ? 'cable' : chosen
  const views = isNarrow ? (['cable', 'server'] as const) : (['all', 'cable', 'server'] as const)
  return (
    <section className="s-dialogue" aria-label={t('dialogue.title', { evse })}>
      <header>
        <h4>{t('dialogue.heading')}</h4>
        {dialogue && (
          <SegmentedControl
            size="xs"
            aria-label={t('dialogue.which')}
            value={view}
            onChange={(next) => setChosen(views.find((one) => one === next) ?? 'all')}
            data={views.map((value) => ({ value, label: t(`dialogue.view.${value}`) }))}
          />
        )}
      </header>
      {dialogue ? (
        <>
          <Standing dialogue={dialogue} />
          <Figures connector={connector} />
          <Sequence rows={sequenceRows(connector, log)} lines={LINES[view]} label={t('sequence.label', { evse })} />
        </>
      ) : (
        <p className="s-muted">{t(cable === 'plugged' ? 'dialogue.pilot' : 'dialogue.empty')}</p>
      )}
    </section>
  )
}
