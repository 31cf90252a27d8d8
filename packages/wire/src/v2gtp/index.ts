export * from './frame.ts'
export * from './payload-type.ts'
export * from './reassembly.ts'
