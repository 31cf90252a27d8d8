import type { OcppVersion } from './version.ts'

/** Why a CALL was refused, as OCPP-J 2.0.1 section 4.3 spells it; `wireErrorCode` gives each version's own spelling. */
export const ERROR_CODES = [
  'FormatViolation',
  'GenericError',
  'InternalError',
  'MessageTypeNotSupported',
  'NotImplemented',
  'NotSupported',
  'OccurrenceConstraintViolation',
  'PropertyConstraintViolation',
  'ProtocolError',
  'RpcFrameworkError',
  'SecurityError',
  'TypeConstraintViolation',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** OCPP-J 1.6 section 4.2.3 misspells two codes and lacks two. */
const SPELLING: Readonly<Record<OcppVersion, Partial<Record<ErrorCode, string>>>> = {
  'ocpp1.6': {
    FormatViolation: 'FormationViolation',
    OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
    RpcFrameworkError: 'FormationViolation',
    MessageTypeNotSupported: 'GenericError',
  },
  'ocpp2.0.1': {},
}
export const wireErrorCode = (version: OcppVersion, code: ErrorCode): string => SPELLING[version][code] ?? code

const READ = new Map<string, ErrorCode>([
  ...ERROR_CODES.map((code): [string, ErrorCode] => [code, code]),
  ['FormationViolation', 'FormatViolation'],
  ['OccurenceConstraintViolation', 'OccurrenceConstraintViolation'],
])
/** Stations use either spelling whatever their version, and codes of their own, which all mean failure. */
export const readErrorCode = (reported: string): ErrorCode => READ.get(reported) ?? 'GenericError'
