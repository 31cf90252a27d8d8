-- A session is a fold over the facts of one transaction; this row can be rebuilt from them at any time.
create table voltway.session (
  tenant_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  transaction_id text not null,
  evse_id uuid,
  connector integer,
  driver_id uuid,
  vehicle_id uuid,
  id_token_id uuid,
  id_token_last_four text,
  reservation_id uuid,
  state text not null,
  charging_state text,
  started_at bigint not null,
  ended_at bigint,
  charging_ended_at bigint,
  import_wh bigint not null default 0,
  export_wh bigint not null default 0,
  power_w double precision,
  soc_start double precision,
  soc_percent double precision,
  stop_reason text,
  outcome text,
  -- Why it is held for review; empty when it may be billed.
  held_reasons text[] not null default '{}',
  -- Frozen when the session began or its plan was accepted.
  tariff jsonb,
  cost jsonb,
  currency char(3),
  total_micros numeric(20,0),
  last_fact_at bigint not null,
  updated_at bigint not null,
  primary key (tenant_id, id),
  unique (tenant_id, station_id, transaction_id),
  foreign key (tenant_id, station_id) references voltway.charging_station (tenant_id, id),
  foreign key (tenant_id, evse_id) references voltway.evse (tenant_id, id),
  foreign key (tenant_id, driver_id) references voltway.driver (tenant_id, id),
  foreign key (tenant_id, reservation_id) references voltway.reservation (tenant_id, id)
);
create index on voltway.session (tenant_id, started_at desc);
create index on voltway.session (tenant_id, driver_id, started_at desc);
create index on voltway.session (tenant_id, evse_id, started_at desc);
create index on voltway.session (tenant_id, state) where ended_at is null;
select voltway.protect('voltway.session');

-- The charging profile we last gave a station for an EVSE, and what it answered.
create table voltway.charging_profile (
  tenant_id uuid not null,
  station_id uuid not null,
  number integer not null,
  evse integer not null,
  transaction_id text,
  reservation_id uuid,
  purpose text not null,
  schedule jsonb not null,
  sent_at bigint not null,
  status text not null,
  primary key (tenant_id, station_id, number),
  foreign key (tenant_id, station_id) references voltway.charging_station (tenant_id, id) on delete cascade
);
select voltway.protect('voltway.charging_profile');
