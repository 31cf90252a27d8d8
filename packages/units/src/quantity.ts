declare const unit: unique symbol

/** A number that carries its unit in its type: `Watts` cannot be passed where `WattHours` are due. */
export type Quantity<Unit extends string> = number & { readonly [unit]: Unit }

export type Watts = Quantity<'W'>
export type WattHours = Quantity<'Wh'>
export type Amperes = Quantity<'A'>
export type Volts = Quantity<'V'>
/** Battery state of charge, 0 to 100. */
export type Percent = Quantity<'%'>
export type Seconds = Quantity<'s'>
export type Milliseconds = Quantity<'ms'>

export const watts = (value: number) => value as Watts
export const wattHours = (value: number) => value as WattHours
export const amperes = (value: number) => value as Amperes
export const volts = (value: number) => value as Volts
export const percent = (value: number) => value as Percent
export const seconds = (value: number) => value as Seconds
export const milliseconds = (value: number) => value as Milliseconds

/** Arithmetic that keeps the unit. */
export const add = <Q extends Quantity<string>>(a: Q, b: Q) => (a + b) as Q
export const subtract = <Q extends Quantity<string>>(a: Q, b: Q) => (a - b) as Q
export const smaller = <Q extends Quantity<string>>(a: Q, b: Q) => (a < b ? a : b)
export const larger = <Q extends Quantity<string>>(a: Q, b: Q) => (a > b ? a : b)

/** What a constant power delivers in a time, unrounded. */
export const energyOver = (power: Watts, duration: Milliseconds) => ((power * duration) / 3_600_000) as WattHours
