import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery, vehiclesQuery } from './queries.ts'

const KEY = 'voltway.vehicle'

/** Who is signed in as a driver, and the car they chose last. */
export const useDriver = () => {
  const me = useQuery(meQuery)
  const driver = me.data?.driver
  const vehicles = useQuery({ ...vehiclesQuery, enabled: driver !== undefined })
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEY))
  const list = driver ? (vehicles.data?.items ?? []) : []
  const vehicle = list.find(({ id }) => id === chosen) ?? list[0]
  const choose = (id: string) => {
    localStorage.setItem(KEY, id)
    setChosen(id)
  }
  const carsKnown = !me.isPending && (driver === undefined || !vehicles.isPending)
  return { driver, me: me.data ?? undefined, known: !me.isPending, carsKnown, vehicles: list, vehicle, choose }
}
