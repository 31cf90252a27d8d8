/** Exact millionths of a decimal text divided by 10^shift, rounded half away from zero; undefined where it is no decimal. */
export const readMicros = (text: string, shift: number): bigint | undefined => {
  const match = /^([+-]?)(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text)
  if (!match) return undefined
  const [, sign, whole = '', part = ''] = match
  const digits = BigInt(whole + part)
  // The value is digits / 10^part.length; micros are that times 10^(6 - shift).
  const power = 6 - shift - part.length
  const micros = power >= 0 ? digits * 10n ** BigInt(power) : (digits + 10n ** BigInt(-power) / 2n) / 10n ** BigInt(-power)
  return sign === '-' ? -micros : micros
}
