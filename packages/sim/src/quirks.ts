/** Ways in which real stations misbehave; a simulated one does what is named here and nothing else. All off by default. */
export interface Quirks {
  /** Sampled values as JSON numbers where 1.6 wants text, and as text where 2.x wants numbers. */
  readonly wrongValueTypes?: boolean
  /** `meterValue` as one object instead of a list. */
  readonly meterValueAsObject?: boolean
  /** A second, empty `sampledValue` in each MeterValues. */
  readonly emptySampledValue?: boolean
  /** A sample with a unit and measurand outside the enumerations beside the good ones. */
  readonly unknownUnits?: boolean
  readonly timestamps?: 'noZone' | 'shortOffset' | 'localAsZulu' | 'year1970'
  /** A CALL sent again carries a new message id. */
  readonly newIdOnRetry?: boolean
  /** Every frame goes out twice. */
  readonly duplicateFrames?: boolean
  /** Every nth answer to a CALL of ours is lost, and the CALL is sent again. */
  readonly loseEveryNthAnswer?: number
  /** Every nth CALL goes out as broken JSON first. */
  readonly breakEveryNthFrame?: number
  /** Boots once, and never again after a reconnect. */
  readonly noBootAfterReconnect?: boolean
  /** Reports statuses before its BootNotification is answered. */
  readonly statusBeforeBoot?: boolean
  /** 1.6: MeterValues and StopTransaction carry this transactionId whatever the server gave. */
  readonly transactionNumber?: number
  /** 1.6: MeterValues carry no transactionId. */
  readonly noTransactionInMeterValues?: boolean
  /** 2.x: TransactionEvent names no EVSE. */
  readonly noEvseInEvents?: boolean
  /** Refuses with an error code that no version has. */
  readonly ownErrorCodes?: boolean
  /** 1.6: the meter begins at 0 with each transaction. */
  readonly meterPerSession?: boolean
  /** Vendor, model and serial longer than the schema allows. */
  readonly overlongNames?: boolean
  /** Answers Accepted to these actions and does nothing. */
  readonly ignores?: readonly string[]
  readonly idTagCase?: 'lower'
  /** Names no subprotocol in the upgrade. */
  readonly noSubprotocol?: boolean
  /** Sends the hexadecimal form of its password. */
  readonly hexPassword?: boolean
  /** Never answers the server's CALLs. */
  readonly deaf?: boolean
}
