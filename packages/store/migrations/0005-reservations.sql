create table voltway.reservation (
  tenant_id uuid not null,
  id uuid not null,
  -- What the driver types at the station.
  code text not null check (length(code) between 6 and 20),
  station_id uuid not null,
  evse_id uuid not null,
  -- The station's reservationId: a sequence per station.
  number integer not null,
  driver_id uuid not null,
  vehicle_id uuid,
  starts_at bigint not null,
  ends_at bigint not null check (ends_at > starts_at),
  during int8range generated always as (int8range(starts_at, ends_at)) stored,
  state text not null check (state in ('confirmed', 'pushed', 'active', 'completed', 'released', 'cancelled')),
  state_cause text,
  -- As asked and as accepted, with the tariff frozen inside.
  wish jsonb not null,
  plan jsonb not null,
  session_id uuid,
  created_at bigint not null,
  pushed_at bigint,
  ended_at bigint,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  unique (tenant_id, station_id, number),
  foreign key (tenant_id, station_id) references voltway.charging_station (tenant_id, id),
  foreign key (tenant_id, evse_id) references voltway.evse (tenant_id, id),
  foreign key (tenant_id, driver_id) references voltway.driver (tenant_id, id),
  constraint reservation_no_overlap exclude using gist (tenant_id with =, evse_id with =, during with &&)
    where (state in ('confirmed', 'pushed', 'active'))
);
create index on voltway.reservation (tenant_id, driver_id, starts_at desc);
create index on voltway.reservation (tenant_id, starts_at) where state in ('confirmed', 'pushed', 'active');
select voltway.protect('voltway.reservation');

-- An exclusion constraint lets two inserts wait for each other until one is called a deadlock; in line, all but one are refused.
create function voltway.book_in_line() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.evse_id::text, 0));
  return new;
end $$;
create trigger book_in_line before insert on voltway.reservation for each row execute function voltway.book_in_line();
