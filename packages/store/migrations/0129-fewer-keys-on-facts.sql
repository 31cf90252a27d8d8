-- A raw frame is only ever looked up by its station and time: one index in that order instead of two.
drop index voltway.ocpp_message_tenant_id_station_id_received_at_idx;
alter table voltway.ocpp_message drop constraint ocpp_message_pkey;
alter table voltway.ocpp_message add primary key (tenant_id, station_id, received_at, id);

-- The begin and the end of a transaction are held against the station; the steps in between, which come with every meter value of
-- 2.x, are not: each check locked the station's row. Tenant and station come from the authenticated link.
alter table voltway.transaction_fact drop constraint transaction_fact_tenant_id_station_id_fkey;
alter table voltway.transaction_fact add column checked_station_id uuid
  generated always as (case when kind <> 'transaction.updated' then station_id end) stored;
alter table voltway.transaction_fact add foreign key (tenant_id, checked_station_id) references voltway.charging_station (tenant_id, id);
