import '../kit.ts'
import { Button, NumberInput, TextInput } from '@mantine/core'
import { api } from '@voltway/ui'
import { useState } from 'react'
import { useChange } from '../api/queries.ts'
import type { Vehicle } from '../api/types.ts'
import { plugName } from '../find/plug-summary.ts'
import { Failure } from '../layout/states.tsx'
import { text } from '../text.ts'

const STANDARDS = ['IEC_62196_T2_COMBO', 'IEC_62196_T2', 'CHADEMO', 'IEC_62196_T1_COMBO', 'IEC_62196_T1', 'DOMESTIC'] as const

interface Draft {
  readonly label: string
  readonly batteryKWh: number | string
  readonly acKW: number | string
  readonly dcKW: number | string
  readonly standards: readonly string[]
}

const draftOf = (vehicle: Vehicle | undefined): Draft => ({
  label: vehicle?.label ?? '',
  batteryKWh: vehicle ? vehicle.batteryWh / 1000 : '',
  acKW: vehicle ? vehicle.maxAcW / 1000 : 11,
  dcKW: vehicle?.maxDcW ? vehicle.maxDcW / 1000 : '',
  standards: vehicle?.connectorStandards ?? ['IEC_62196_T2_COMBO', 'IEC_62196_T2'],
})

const thousand = (value: number | string) => Math.round(Number(value) * 1000)
const bodyOf = ({ label, batteryKWh, acKW, dcKW, standards }: Draft) => ({
  label: label.trim(),
  batteryWh: thousand(batteryKWh),
  maxAcW: thousand(acKW),
  ...(Number(dcKW) > 0 && { maxDcW: thousand(dcKW) }),
  connectorStandards: standards,
})

/** What the platform needs of a car to price and plan for it. */
export const VehicleForm = ({ vehicle, onDone }: { readonly vehicle: Vehicle | undefined; readonly onDone: () => void }) => {
  const [draft, setDraft] = useState(() => draftOf(vehicle))
  const save = useChange(
    () => api<Vehicle>(vehicle ? 'PATCH' : 'POST', vehicle ? `/driver/vehicles/${vehicle.id}` : '/driver/vehicles', bodyOf(draft)),
    [['vehicles'], ['plans']],
  )
  const complete = draft.label.trim() !== '' && Number(draft.batteryKWh) >= 1 && Number(draft.acKW) > 0 && draft.standards.length > 0
  const figure = (key: 'batteryKWh' | 'acKW' | 'dcKW', unit: string) => (
    <NumberInput
      size="lg"
      label={text(key)}
      suffix={` ${unit}`}
      min={0}
      hideControls
      inputMode="decimal"
      value={draft[key]}
      onChange={(value) => setDraft({ ...draft, [key]: value })}
    />
  )
  return (
    <form
      className="vw-card vw-fields"
      onSubmit={(event) => {
        event.preventDefault()
        if (complete) save.mutate(undefined, { onSuccess: onDone })
      }}
    >
      <TextInput
        className="vw-span"
        size="lg"
        label={text('carName')}
        required
        withAsterisk={false}
        maxLength={80}
        value={draft.label}
        onChange={({ currentTarget }) => setDraft({ ...draft, label: currentTarget.value })}
      />
      {figure('batteryKWh', 'kWh')}
      {figure('acKW', 'kW')}
      {figure('dcKW', 'kW')}
      <fieldset className="vw-chips vw-span">
        <legend>{text('plugs')}</legend>
        {STANDARDS.map((standard) => {
          const on = draft.standards.includes(standard)
          return (
            <button
              key={standard}
              type="button"
              className="vw-chip"
              aria-pressed={on}
              onClick={() =>
                setDraft({ ...draft, standards: on ? draft.standards.filter((one) => one !== standard) : [...draft.standards, standard] })
              }
            >
              {plugName(standard)}
            </button>
          )
        })}
      </fieldset>
      {save.error && <Failure error={save.error} />}
      <div className="vw-actions vw-span">
        <Button size="lg" type="submit" loading={save.isPending} disabled={!complete}>
          {text('save')}
        </Button>
        <Button size="lg" variant="default" onClick={onDone}>
          {text('notNow')}
        </Button>
      </div>
    </form>
  )
}
