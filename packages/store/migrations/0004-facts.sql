-- What stations said. Partitioned tables carry no foreign keys: tenant and station come from the authenticated link,
-- and a key check per sample would lock the station's row for every meter value.

create table voltway.ocpp_message (
  tenant_id uuid not null,
  station_id uuid not null,
  id bigint generated always as identity,
  received_at bigint not null,
  epoch bigint not null,
  direction char(1) not null check (direction in ('I', 'O')),
  message_id text not null,
  action text not null,
  -- The frames as they were on the wire.
  request text not null,
  response text,
  responded_at bigint,
  outcome text not null check (outcome in ('result', 'error', 'expired', 'pending')),
  violations jsonb,
  primary key (id, received_at)
) partition by range (received_at);
create index on voltway.ocpp_message (tenant_id, station_id, received_at desc);
select voltway.protect('voltway.ocpp_message');

create table voltway.status_history (
  tenant_id uuid not null,
  station_id uuid not null,
  evse integer not null,
  connector integer not null default 0,
  occurred_at bigint not null,
  received_at bigint not null,
  status text not null,
  reported text not null,
  -- What made it so: the station's word, or the link going up or down.
  cause text not null check (cause in ('station', 'link')),
  error_code text,
  info text,
  vendor_error_code text,
  payload_hash text not null,
  primary key (tenant_id, station_id, evse, connector, occurred_at, payload_hash)
) partition by range (occurred_at);
select voltway.protect('voltway.status_history');

create table voltway.meter_value (
  tenant_id uuid not null,
  station_id uuid not null,
  evse integer not null,
  occurred_at bigint not null,
  payload_hash text not null,
  received_at bigint not null,
  connector integer,
  transaction_id text,
  context text,
  import_wh bigint,
  export_wh bigint,
  power_w double precision,
  offered_w double precision,
  current_a double precision,
  voltage_v double precision,
  soc_percent double precision,
  other jsonb,
  primary key (tenant_id, station_id, evse, occurred_at, payload_hash)
) partition by range (occurred_at);
create index on voltway.meter_value (tenant_id, station_id, transaction_id, occurred_at) where transaction_id is not null;
select voltway.protect('voltway.meter_value');

create table voltway.transaction_fact (
  tenant_id uuid not null,
  station_id uuid not null,
  transaction_id text not null,
  natural_key text not null,
  kind text not null check (kind in ('transaction.started', 'transaction.updated', 'transaction.ended')),
  occurred_at bigint not null,
  received_at bigint not null,
  -- The 1.6 integer, a sequence per station.
  number integer,
  evse integer,
  connector integer,
  seq_no integer,
  trigger text,
  charging_state text,
  stop_reason text,
  id_token_hash bytea,
  id_token_last_four text,
  -- What the token was when the fact was decided: a refusal stands beside the fact.
  authorisation text,
  reservation_number integer,
  remote_start_number integer,
  register_wh bigint,
  offline boolean not null default false,
  primary key (tenant_id, station_id, transaction_id, natural_key),
  foreign key (tenant_id, station_id) references voltway.charging_station (tenant_id, id)
);
create unique index transaction_fact_start_once on voltway.transaction_fact (tenant_id, station_id, natural_key)
  where kind = 'transaction.started' and number is not null;
create unique index transaction_fact_number_once on voltway.transaction_fact (tenant_id, station_id, number)
  where kind = 'transaction.started' and number is not null;
select voltway.protect('voltway.transaction_fact');

create table voltway.data_transfer (
  tenant_id uuid not null,
  station_id uuid not null,
  received_at bigint not null,
  vendor_id text not null,
  message_id text,
  data text,
  payload_hash text not null,
  primary key (tenant_id, station_id, received_at, payload_hash)
);
select voltway.protect('voltway.data_transfer');
