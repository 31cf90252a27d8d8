import { parentPort } from 'node:worker_threads'

/** Works without a pause for as long as the request's site says it draws, in ms; a crash where it says so. */
parentPort?.on('message', ({ id, site }: { readonly id: number; readonly site: { readonly limit: number } }) => {
  if (site.limit < 0) throw new Error('this plan ends the worker')
  const began = performance.now()
  while (performance.now() - began < site.limit) Math.sqrt(began)
  parentPort?.postMessage({ id, result: { ok: true, value: { cars: [] } } })
})
