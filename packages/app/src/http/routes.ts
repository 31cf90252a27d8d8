import { listLedgerRoute } from './billing/list-ledger.ts'
import { addTrustAnchorRoute } from './certificates/add-trust-anchor.ts'
import { deleteTrustAnchorRoute } from './certificates/delete-trust-anchor.ts'
import { listTrustAnchorsRoute } from './certificates/list-trust-anchors.ts'
import { bookReservationRoute } from './driver/book-reservation.ts'
import { cancelOwnReservationRoute } from './driver/cancel-own-reservation.ts'
import { findNetworkPlansRoute } from './driver/find-network-plans.ts'
import { findPlansRoute } from './driver/find-plans.ts'
import { getOwnReservationRoute } from './driver/get-own-reservation.ts'
import { getOwnSessionRoute } from './driver/get-own-session.ts'
import { getOwnSessionSeriesRoute } from './driver/get-own-session-series.ts'
import { listOwnReservationsRoute } from './driver/list-own-reservations.ts'
import { listOwnSessionsRoute } from './driver/list-own-sessions.ts'
import { listOwnTokensRoute } from './driver/list-own-tokens.ts'
import { notificationRoutes } from './driver/notifications.ts'
import { getProfileRoute, updateProfileRoute } from './driver/profile.ts'
import { startOwnSessionRoute } from './driver/start-own-session.ts'
import { stopOwnSessionRoute } from './driver/stop-own-session.ts'
import { ownVehicleRoutes } from './driver/vehicles.ts'
import { blockDriverRoutes } from './drivers/block-driver.ts'
import { blockTokenRoutes } from './drivers/block-token.ts'
import { createContractRoute, listContractsRoute } from './drivers/contracts.ts'
import { createDriverRoute } from './drivers/create-driver.ts'
import { createTokenRoute } from './drivers/create-token.ts'
import { getDriverRoute } from './drivers/get-driver.ts'
import { listDriversRoute } from './drivers/list-drivers.ts'
import { listTokensRoute } from './drivers/list-tokens.ts'
import { vehiclesChargingRoute } from './drivers/vehicles-charging.ts'
import { createApiKeyRoute } from './identity/create-api-key.ts'
import { getMeRoute } from './identity/get-me.ts'
import { listApiKeysRoute } from './identity/list-api-keys.ts'
import { revokeApiKeyRoute } from './identity/revoke-api-key.ts'
import { checkSetUpRoute, setUpRoute } from './identity/set-up.ts'
import { planFleetRoute } from './network/plan-fleet.ts'
import { ocppSchemaRoutes } from './ocpp/ocpp-schemas.ts'
import { getFunnelRoute } from './overview/get-funnel.ts'
import { getOverviewRoute } from './overview/get-overview.ts'
import { getEvseQrRoute } from './public/get-evse-qr.ts'
import { getPublicEvseRoute } from './public/get-public-evse.ts'
import { listPublicSitesRoute } from './public/list-public-sites.ts'
import { allReceiptRoutes } from './receipts/receipt-routes.ts'
import { cancelReservationRoute } from './reservations/cancel-reservation.ts'
import { getReservationRoute } from './reservations/get-reservation.ts'
import { listReservationsRoute } from './reservations/list-reservations.ts'
import type { RouteDefinition } from './route.ts'
import { getSessionRoute } from './sessions/get-session.ts'
import { getSessionSeriesRoute } from './sessions/get-session-series.ts'
import { listSessionsRoute } from './sessions/list-sessions.ts'
import { releaseSessionRoute } from './sessions/release-session.ts'
import { stopSessionRoute } from './sessions/stop-session.ts'
import { createSiteRoute } from './sites/create-site.ts'
import { getSiteRoute } from './sites/get-site.ts'
import { getSiteEnergyRoute } from './sites/get-site-energy.ts'
import { getSiteForecastRoute } from './sites/get-site-forecast.ts'
import { getSitePlanRoute } from './sites/get-site-plan.ts'
import { getSitePowerRoute } from './sites/get-site-power.ts'
import { getSiteTimelineRoute } from './sites/get-site-timeline.ts'
import { listSitesRoute } from './sites/list-sites.ts'
import { putSiteEnergyRoute } from './sites/put-site-energy.ts'
import { putSiteForecastRoute } from './sites/put-site-forecast.ts'
import { setSiteTariffRoute } from './sites/set-site-tariff.ts'
import { updateSiteRoute } from './sites/update-site.ts'
import { createStationRoute } from './stations/create-station.ts'
import { getStationRoute } from './stations/get-station.ts'
import { getStationTimelineRoute } from './stations/get-station-timeline.ts'
import { listAlarmsRoute } from './stations/list-alarms.ts'
import { listCommandsRoute } from './stations/list-commands.ts'
import { listMessagesRoute } from './stations/list-messages.ts'
import { listStationsRoute } from './stations/list-stations.ts'
import { listVariablesRoute } from './stations/list-variables.ts'
import { renewStationPasswordRoute } from './stations/renew-station-password.ts'
import { resolveAlarmRoute } from './stations/resolve-alarm.ts'
import { sendCommandRoute } from './stations/send-command.ts'
import { updateStationRoute } from './stations/update-station.ts'
import { createTariffRoute } from './tariffs/create-tariff.ts'
import { getCarbonSeriesRoute } from './tariffs/get-carbon-series.ts'
import { getPriceSeriesRoute } from './tariffs/get-price-series.ts'
import { getTariffRoute } from './tariffs/get-tariff.ts'
import { listPriceSeriesRoute } from './tariffs/list-price-series.ts'
import { listTariffsRoute } from './tariffs/list-tariffs.ts'
import { putCarbonSeriesRoute } from './tariffs/put-carbon-series.ts'
import { putPriceSeriesRoute } from './tariffs/put-price-series.ts'
import { reviseTariffRoute } from './tariffs/revise-tariff.ts'
import { simulatePriceRoute } from './tariffs/simulate-price.ts'

/** Every route of the API; a new one is a file and a line here. */
export const ROUTES: readonly RouteDefinition[] = [
  getMeRoute,
  checkSetUpRoute,
  setUpRoute,
  listApiKeysRoute,
  createApiKeyRoute,
  listTrustAnchorsRoute,
  addTrustAnchorRoute,
  createContractRoute,
  listContractsRoute,
  deleteTrustAnchorRoute,
  revokeApiKeyRoute,
  getOverviewRoute,
  getFunnelRoute,
  listSitesRoute,
  createSiteRoute,
  getSiteRoute,
  updateSiteRoute,
  setSiteTariffRoute,
  getSitePlanRoute,
  getSiteEnergyRoute,
  putSiteEnergyRoute,
  getSiteForecastRoute,
  putSiteForecastRoute,
  getSitePowerRoute,
  getSiteTimelineRoute,
  listStationsRoute,
  createStationRoute,
  getStationRoute,
  updateStationRoute,
  renewStationPasswordRoute,
  sendCommandRoute,
  listCommandsRoute,
  listMessagesRoute,
  listVariablesRoute,
  getStationTimelineRoute,
  listAlarmsRoute,
  resolveAlarmRoute,
  ...ocppSchemaRoutes,
  listSessionsRoute,
  getSessionRoute,
  getSessionSeriesRoute,
  stopSessionRoute,
  releaseSessionRoute,
  ...allReceiptRoutes,
  listReservationsRoute,
  getReservationRoute,
  cancelReservationRoute,
  planFleetRoute,
  listTariffsRoute,
  createTariffRoute,
  simulatePriceRoute,
  getTariffRoute,
  reviseTariffRoute,
  listPriceSeriesRoute,
  getPriceSeriesRoute,
  putPriceSeriesRoute,
  getCarbonSeriesRoute,
  putCarbonSeriesRoute,
  listDriversRoute,
  createDriverRoute,
  getDriverRoute,
  ...blockDriverRoutes,
  createTokenRoute,
  listTokensRoute,
  ...blockTokenRoutes,
  vehiclesChargingRoute,
  listLedgerRoute,
  listPublicSitesRoute,
  getPublicEvseRoute,
  getEvseQrRoute,
  getProfileRoute,
  updateProfileRoute,
  ...ownVehicleRoutes,
  listOwnTokensRoute,
  findNetworkPlansRoute,
  findPlansRoute,
  bookReservationRoute,
  listOwnReservationsRoute,
  getOwnReservationRoute,
  cancelOwnReservationRoute,
  startOwnSessionRoute,
  listOwnSessionsRoute,
  getOwnSessionRoute,
  getOwnSessionSeriesRoute,
  stopOwnSessionRoute,
  ...notificationRoutes,
]
