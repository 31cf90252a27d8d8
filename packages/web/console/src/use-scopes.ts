import { useQuery } from '@tanstack/react-query'
import { meQuery } from './queries.ts'

/** Asks whether who is signed in may do something; buttons of what they may not are left out. */
export const useScopes = () => {
  const { data } = useQuery(meQuery)
  return (scope: string) => data?.scopes.includes(scope) ?? false
}
