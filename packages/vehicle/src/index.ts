export { din70121Evcc, din70121Secc } from './din70121/index.ts'
export { iso2Evcc, iso2Secc } from './iso2/index.ts'
export { iso20Evcc, iso20Secc } from './iso20/index.ts'
export * from './machine/index.ts'
