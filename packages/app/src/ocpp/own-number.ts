/** Reservations and remote starts are numbered by us, from 1: a number that we cannot have given names none of them. */
export const ownNumber = (number: number | undefined): number | undefined =>
  number !== undefined && number > 0 && number <= 0x7fff_ffff ? number : undefined
