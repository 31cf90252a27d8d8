-- Whether a site's stations are steered by its plan; null: where its grid limit is known.
alter table voltway.site add column steering boolean;

-- A site's plan as it was made: from what, with which totals, and how far from the best its certificate lets it be.
create table voltway.site_plan (
  tenant_id uuid not null,
  site_id uuid not null,
  planned_at bigint not null,
  -- What had happened: arrival, departure, wish, limit, price, meter, ...
  reasons text[] not null,
  ends_at bigint not null,
  limit_w integer,
  planned_wh bigint not null,
  shortfall_wh bigint not null,
  cost_micros numeric(20,0) not null,
  cost_gap_nanos numeric(30,0) not null,
  shortfall_gap_wh bigint not null,
  -- What the next plan is compared with: see domain/planning/steering.
  basis jsonb not null,
  primary key (tenant_id, site_id, planned_at),
  foreign key (tenant_id, site_id) references voltway.site (tenant_id, id) on delete cascade
);
select voltway.protect('voltway.site_plan');

-- What a plan holds for each car: of a session, or of a reservation whose car is still to come.
create table voltway.site_plan_car (
  tenant_id uuid not null,
  site_id uuid not null,
  planned_at bigint not null,
  station_id uuid not null,
  evse_id uuid not null,
  session_id uuid,
  reservation_id uuid,
  -- {start, periods: [{startSeconds, power}], exactUntil}, in W
  schedule jsonb not null,
  planned_wh bigint not null,
  shortfall_wh bigint not null,
  -- {code, marginalPerKwh, congestionPerKwh, at}
  reason jsonb not null,
  unique nulls not distinct (tenant_id, site_id, planned_at, session_id, reservation_id),
  foreign key (tenant_id, site_id, planned_at) references voltway.site_plan (tenant_id, site_id, planned_at) on delete cascade
);
create index on voltway.site_plan_car (tenant_id, session_id, planned_at desc);
select voltway.protect('voltway.site_plan_car');

-- The one writer of profiles keeps what each said from when on; those before this migration have none of it.
alter table voltway.charging_profile
  add column session_id uuid,
  add column starts_at bigint,
  add column exact_until bigint,
  add column phases smallint;
create index on voltway.charging_profile (tenant_id, station_id, transaction_id);
create index on voltway.charging_profile (tenant_id, session_id);
