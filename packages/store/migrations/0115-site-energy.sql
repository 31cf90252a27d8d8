-- What a site has beside its limit in W: currents by phase, limited pauses, the sun and the building, and what its bill knows.
alter table voltway.site
  -- L1, L2, L3
  add column phase_limits_a integer[] check (array_length(phase_limits_a, 1) = 3 and 0 < all (phase_limits_a)),
  -- How often a car may be paused before it has its energy.
  add column most_pauses smallint check (most_pauses >= 0),
  add column feed_in_per_kwh_micros bigint,
  add column demand_per_kw_micros bigint check (demand_per_kw_micros >= 0),
  -- The highest import of the billing period so far.
  add column demand_peak_w integer not null default 0 check (demand_peak_w >= 0),
  -- Grams of CO2 for each kWh, by the name of a series.
  add column carbon_series text;

-- The fuse in front of a station, in A on each phase.
alter table voltway.charging_station add column phase_limit_a integer check (phase_limit_a > 0);

-- How an EVSE's L1, L2, L3 are wired to the site's, as OCPP writes it: STR is L2, L3, L1.
alter table voltway.evse add column phase_rotation text not null default 'RST'
  check (phase_rotation in ('RST', 'RTS', 'SRT', 'STR', 'TRS', 'TSR'));

-- What panels will give and the building will take.
create table voltway.site_forecast (
  tenant_id uuid not null,
  site_id uuid not null,
  kind text not null check (kind in ('pv', 'load')),
  starts_at bigint not null,
  ends_at bigint not null check (ends_at > starts_at),
  power_w integer not null check (power_w >= 0),
  primary key (tenant_id, site_id, kind, starts_at),
  foreign key (tenant_id, site_id) references voltway.site (tenant_id, id) on delete cascade
);
select voltway.protect('voltway.site_forecast');

alter table voltway.site_plan
  -- By which planner it was made: nested (exact) or full (with a certified gap).
  add column planner text not null default 'nested',
  add column solar_wh bigint not null default 0,
  add column peak_rise_w integer not null default 0;
-- The site's phases that a car draws from: L1, L2, L3 or three.
alter table voltway.site_plan_car add column phases text;
