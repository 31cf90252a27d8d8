import type { Plan } from '../api/types.ts'

const KEY = 'voltway.offer.'

/** An offer on its way from the plan to the start, for this tab alone. */
export const rememberOffer = (evseCode: string, plan: Plan) => sessionStorage.setItem(KEY + evseCode, JSON.stringify(plan))

export const offerFor = (evseCode: string): Plan | undefined => {
  const kept = sessionStorage.getItem(KEY + evseCode)
  return kept ? (JSON.parse(kept) as Plan) : undefined
}

export const forgetOffer = (evseCode: string) => sessionStorage.removeItem(KEY + evseCode)
