import { stationTime } from '@voltway/wire/ocpp'
import { type NotifyReportRequest, notifyReport } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'

type ReportData = NonNullable<NotifyReportRequest['reportData']>[number]

/** OCPP 2.0.1, B07: one part of the station's inventory; the actual value of each variable is kept. */
export const onNotifyReport = handles(notifyReport, ({ requestId, seqNo, generatedAt, reportData = [] }, { receivedAt }) => ({
  facts: [
    {
      kind: 'variables.reported',
      occurredAt: stationTime(generatedAt, receivedAt) ?? receivedAt,
      receivedAt,
      requestId,
      seqNo,
      variables: reportData.flatMap(variablesOf),
    },
  ],
  reply: {},
}))

function variablesOf({ component, variable, variableAttribute }: ReportData) {
  const actual = variableAttribute.find(({ type = 'Actual' }) => type === 'Actual')
  if (!actual) return []
  const instance = [component.instance, variable.instance].filter((name) => name !== undefined).join('/')
  const { name, evse } = component
  return [
    {
      component: name,
      instance: instance || undefined,
      evse: evse?.id,
      variable: variable.name,
      value: actual.value,
      mutability: actual.mutability,
    },
  ]
}
