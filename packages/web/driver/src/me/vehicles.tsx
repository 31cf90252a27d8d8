import { userLocale } from '@voltway/ui/format'
import '../kit.ts'
import { Button } from '@mantine/core'
import { api } from '@voltway/ui'
import { useState } from 'react'
import { useChange } from '../api/queries.ts'
import type { Vehicle } from '../api/types.ts'
import { useDriver } from '../api/use-driver.ts'
import { plugName } from '../find/plug-summary.ts'
import { Confirm } from '../layout/confirm.tsx'
import { Empty, Failure } from '../layout/states.tsx'
import { text } from '../text.ts'
import { VehicleForm } from './vehicle-form.tsx'

const kW = (watts: number) => `${new Intl.NumberFormat(userLocale(), { maximumFractionDigits: 1 }).format(watts / 1000)} kW`

const facts = ({ batteryWh, maxAcW, maxDcW, connectorStandards }: Vehicle) =>
  [`${batteryWh / 1000} kWh`, `AC ${kW(maxAcW)}`, maxDcW && `DC ${kW(maxDcW)}`, connectorStandards.map(plugName).join(' / ')]
    .filter(Boolean)
    .join(' · ')

/** My cars: the one that prices and plans are made for is marked. */
export const Vehicles = () => {
  const { vehicles, vehicle: mine, choose } = useDriver()
  const [edited, setEdited] = useState<Vehicle | 'new'>()
  const remove = useChange((id: string) => api('DELETE', `/driver/vehicles/${id}`), [['vehicles']])
  return (
    <section className="vw-group">
      <h2>{text('cars')}</h2>
      {vehicles.length === 0 && <Empty>{text('noCars')}</Empty>}
      {remove.error && <Failure error={remove.error} />}
      <ul className="vw-list vw-rows">
        {vehicles.map((vehicle) => (
          <li key={vehicle.id} className="vw-row vw-row-actions">
            <label className="vw-row-main vw-pick">
              <input type="radio" name="vehicle" checked={vehicle.id === mine?.id} onChange={() => choose(vehicle.id)} />
              <span>
                <strong>{vehicle.label}</strong>
                <span className="vw-muted">{facts(vehicle)}</span>
              </span>
            </label>
            <span className="vw-row-buttons">
              <Button size="md" variant="subtle" onClick={() => setEdited(vehicle)} aria-label={text('editCar', { car: vehicle.label })}>
                {text('edit')}
              </Button>
              <Confirm
                label={text('removeCar')}
                question={text('removeCarQuestion', { car: vehicle.label })}
                onConfirm={() => remove.mutate(vehicle.id)}
                render={(open) => (
                  <Button size="md" variant="subtle" onClick={open} aria-label={text('removeCarLabel', { car: vehicle.label })}>
                    {text('remove')}
                  </Button>
                )}
              />
            </span>
          </li>
        ))}
      </ul>
      {edited ? (
        <VehicleForm
          key={edited === 'new' ? 'new' : edited.id}
          vehicle={edited === 'new' ? undefined : edited}
          onDone={() => setEdited(undefined)}
        />
      ) : (
        <Button size="lg" variant="default" onClick={() => setEdited('new')}>
          {text('addCar')}
        </Button>
      )}
    </section>
  )
}
