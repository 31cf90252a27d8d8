import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { PublicSite } from '../api/types.ts'
import { useDriver } from '../api/use-driver.ts'
import { wallOf } from './wall-clock.ts'
import { firstForm, wishOf } from './wish.ts'

/** Typing is let finish before anything is asked for. */
const QUIET_MS = 400

/** A form for one charge on the clock of a site: what `WishForm` is given, and the wish as typed, or what is wrong with it. */
export const useWish = (site: Pick<PublicSite, 'timeZone' | 'currency'>, evseCode: string) => {
  const { vehicles, vehicle, choose } = useDriver()
  // What "now" means stays put while the form is filled, so that the same wish is one question.
  const [now] = useState(() => Date.now())
  const [typed, setTyped] = useState(() => firstForm(vehicle))
  const [form] = useDebouncedValue(typed, QUIET_MS)
  return {
    now,
    wish: wishOf(form, { evseCode, timeZone: site.timeZone, now, vehicleId: vehicle?.id }),
    fields: {
      form: typed,
      onChange: setTyped,
      vehicles,
      vehicle,
      onVehicle: choose,
      currency: site.currency,
      today: wallOf(now, site.timeZone).day,
    },
  }
}
