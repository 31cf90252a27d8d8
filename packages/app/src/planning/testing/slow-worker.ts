import { serveLine } from '../worker-line.ts'

/** Works without a pause for as long as the request's site says it draws, in ms; a crash where it says so. */
serveLine(({ limit }: { readonly limit: number }) => {
  if (limit < 0) throw new Error('this plan ends the worker')
  const began = performance.now()
  while (performance.now() - began < limit) Math.sqrt(began)
  return { ok: true, value: { cars: [] } }
})
