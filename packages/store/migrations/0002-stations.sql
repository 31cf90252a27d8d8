create table voltway.tariff (
  tenant_id uuid not null references voltway.tenant,
  id uuid not null,
  name text not null,
  version integer not null default 1,
  definition jsonb not null,
  updated_at bigint not null,
  archived_at bigint,
  primary key (tenant_id, id)
);
select voltway.protect('voltway.tariff');

-- Every text a tariff ever had; sessions and reservations carry their own frozen copy beside it.
create table voltway.tariff_version (
  tenant_id uuid not null,
  tariff_id uuid not null,
  version integer not null,
  definition jsonb not null,
  created_at bigint not null,
  primary key (tenant_id, tariff_id, version),
  foreign key (tenant_id, tariff_id) references voltway.tariff (tenant_id, id)
);
select voltway.protect('voltway.tariff_version');

-- Day-ahead prices, per kWh, by name.
create table voltway.price_series (
  tenant_id uuid not null references voltway.tenant,
  name text not null,
  starts_at bigint not null,
  ends_at bigint not null check (ends_at > starts_at),
  per_kwh_micros numeric(20,0) not null,
  primary key (tenant_id, name, starts_at)
);
select voltway.protect('voltway.price_series');

create table voltway.site (
  tenant_id uuid not null references voltway.tenant,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('home', 'station', 'parking', 'depot')),
  address text not null,
  city text not null,
  country char(2) not null,
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  time_zone text not null,
  currency char(3) not null,
  grid_limit_w integer check (grid_limit_w > 0),
  tariff_id uuid,
  operator_name text not null,
  created_at bigint not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, tariff_id) references voltway.tariff (tenant_id, id)
);
select voltway.protect('voltway.site');

create table voltway.charging_station (
  tenant_id uuid not null references voltway.tenant,
  id uuid not null,
  site_id uuid not null,
  identity text not null,
  name text not null,
  -- HMAC-SHA256 of the generated password under the installation's key; the previous one stays valid until the new one was used.
  password_hash bytea,
  previous_password_hash bytea,
  -- Security profile 0, by explicit choice only.
  open_access boolean not null default false,
  registration text not null default 'accepted' check (registration in ('accepted', 'pending', 'rejected')),
  inbound_mode text not null default 'lenient' check (inbound_mode in ('lenient', 'strict')),
  ocpp_version text,
  vendor text,
  model text,
  serial text,
  firmware text,
  booted_at bigint,
  connected_at bigint,
  disconnected_at bigint,
  last_seen_at bigint,
  link_epoch bigint not null default 0,
  -- Two or more connectors that share one supply.
  shared_limit_w integer check (shared_limit_w > 0),
  capabilities jsonb not null default '{}',
  next_reservation_number integer not null default 1,
  created_at bigint not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, site_id) references voltway.site (tenant_id, id),
  foreign key (identity, tenant_id, id) references voltway.station_directory (identity, tenant_id, station_id)
);
create index on voltway.charging_station (tenant_id, site_id);
select voltway.protect('voltway.charging_station');

create table voltway.evse (
  tenant_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  -- The station's own number; 1.6 connector n is EVSE n.
  number integer not null check (number > 0),
  -- Random and public: on the QR code and in every API, apart from the OCPP identity.
  code text not null,
  current_type text not null check (current_type in ('AC', 'DC')),
  max_power_w integer not null check (max_power_w > 0),
  phases smallint not null default 3 check (phases in (1, 3)),
  -- Where it is when two look alike.
  side text check (side in ('left', 'right')),
  tariff_id uuid,
  -- Our view now; history is in status_history.
  status text not null default 'unknown',
  status_reported text,
  status_error text,
  status_since bigint,
  primary key (tenant_id, id),
  unique (tenant_id, station_id, number),
  unique (code),
  foreign key (tenant_id, station_id) references voltway.charging_station (tenant_id, id) on delete cascade,
  foreign key (tenant_id, tariff_id) references voltway.tariff (tenant_id, id)
);
select voltway.protect('voltway.evse');

create table voltway.connector (
  tenant_id uuid not null,
  evse_id uuid not null,
  number integer not null check (number > 0),
  standard text not null,
  max_power_w integer not null check (max_power_w > 0),
  cable_attached boolean not null,
  primary key (tenant_id, evse_id, number),
  foreign key (tenant_id, evse_id) references voltway.evse (tenant_id, id) on delete cascade
);
select voltway.protect('voltway.connector');

-- 1.6 configuration keys and 2.x variables, as last reported.
create table voltway.station_variable (
  tenant_id uuid not null,
  station_id uuid not null,
  component text not null,
  instance text not null default '',
  evse integer not null default 0,
  variable text not null,
  value text,
  mutability text,
  reported_at bigint not null,
  primary key (tenant_id, station_id, component, instance, evse, variable),
  foreign key (tenant_id, station_id) references voltway.charging_station (tenant_id, id) on delete cascade
);
select voltway.protect('voltway.station_variable');

-- What we asked of a station, and its own answer or why there is none.
create table voltway.station_command (
  tenant_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  action text not null,
  payload jsonb not null,
  requested_by text not null,
  requested_at bigint not null,
  state text not null check (state in ('queued', 'answered', 'failed', 'expired')),
  answer jsonb,
  error text,
  ended_at bigint,
  primary key (tenant_id, id),
  foreign key (tenant_id, station_id) references voltway.charging_station (tenant_id, id) on delete cascade
);
create index on voltway.station_command (tenant_id, station_id, requested_at desc);
select voltway.protect('voltway.station_command');

-- What needs a person: a second link with a station's own credentials, held sessions, refused reservations.
create table voltway.alarm (
  tenant_id uuid not null references voltway.tenant,
  id uuid not null,
  kind text not null,
  station_id uuid,
  session_id uuid,
  detail jsonb not null default '{}',
  raised_at bigint not null,
  resolved_at bigint,
  primary key (tenant_id, id)
);
create index on voltway.alarm (tenant_id, raised_at desc) where resolved_at is null;
select voltway.protect('voltway.alarm');
