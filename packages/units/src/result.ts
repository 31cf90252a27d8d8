export type Result<Value, Failure> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure }
export const ok = <Value>(value: Value) => ({ ok: true, value }) as const
export const fail = <Failure>(failure: Failure) => ({ ok: false, failure }) as const
