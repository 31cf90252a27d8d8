import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { api } from '@voltway/ui'

/** Only a path of this app: an address from outside is not followed. */
const safe = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : '/')

/** Signs in or up, then goes where the driver was going. */
export const useEnter = (path: string, next: string | undefined) => {
  const queries = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: (who: Readonly<Record<string, string>>) => api<unknown>('POST', path, who),
    onSuccess: async () => {
      await queries.invalidateQueries()
      router.history.replace(safe(next))
    },
  })
}
