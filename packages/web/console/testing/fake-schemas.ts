/** A few messages in the shapes that OCPP's schemas have: choices, flags, lists, nested objects, times. Written for tests. */
const SCHEMAS: Readonly<Record<string, object>> = {
  Reset: {
    type: 'object',
    properties: { type: { type: 'string', enum: ['Immediate', 'OnIdle'] }, evseId: { type: 'integer' } },
    required: ['type'],
  },
  ClearCache: { type: 'object', properties: {}, required: [] },
  ReserveNow: {
    type: 'object',
    properties: {
      id: { type: 'integer', description: 'Id of the reservation.' },
      expiryDateTime: { type: 'string', format: 'date-time' },
      idToken: {
        type: 'object',
        properties: {
          idToken: { type: 'string', maxLength: 36 },
          type: { type: 'string', enum: ['Central', 'ISO14443', 'KeyCode', 'Local'] },
        },
        required: ['idToken', 'type'],
      },
      groupIdToken: { type: 'object', properties: { idToken: { type: 'string', maxLength: 36 } }, required: ['idToken'] },
      evseId: { type: 'integer' },
    },
    required: ['id', 'expiryDateTime', 'idToken'],
  },
  GetVariables: {
    type: 'object',
    properties: {
      getVariableData: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: {
            component: { type: 'object', properties: { name: { type: 'string', maxLength: 50 } }, required: ['name'] },
            variable: { type: 'object', properties: { name: { type: 'string', maxLength: 50 } }, required: ['name'] },
            attributeType: { type: 'string', enum: ['Actual', 'Target', 'MinSet', 'MaxSet'], default: 'Actual' },
          },
          required: ['component', 'variable'],
        },
      },
    },
    required: ['getVariableData'],
  },
}

export const fakeActions = Object.keys(SCHEMAS).map((action) => ({ action, direction: 'toStation' }))
export const fakeSchema = (action: string) => SCHEMAS[action]
