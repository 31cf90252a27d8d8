export * from './count-open.ts'
export * from './insert-reservation.ts'
export * from './reservations.ts'
