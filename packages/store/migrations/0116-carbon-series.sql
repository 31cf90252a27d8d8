-- Grams of CO2 for each kWh of the grid over time, by name.
create table voltway.carbon_series (
  tenant_id uuid not null references voltway.tenant,
  name text not null,
  starts_at bigint not null,
  ends_at bigint not null check (ends_at > starts_at),
  grams_per_kwh double precision not null check (grams_per_kwh between 0 and 10000),
  primary key (tenant_id, name, starts_at)
);
select voltway.protect('voltway.carbon_series');
