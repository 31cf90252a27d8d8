export * from './insert-reservation.ts'
export * from './reservations.ts'
