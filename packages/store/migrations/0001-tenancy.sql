-- Everything of ours is in schema voltway; every table with a tenant_id is protected by forced row-level security.
-- Instants are bigint epoch milliseconds of the injected clock, energy is whole Wh, money numeric(20,0) millionths.

create extension if not exists btree_gist;

create function voltway.tenants() returns uuid[]
  language sql stable parallel safe
  return nullif(current_setting('voltway.tenants', true), '')::uuid[];

-- Forces row-level security on a table: rows are seen and written only for the tenants that the caller has named.
create function voltway.protect(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  -- As a sub-select the setting is read once a statement, not once a row.
  execute format('create policy tenant on %s using (tenant_id = any ((select voltway.tenants())::uuid[]))
    with check (tenant_id = any ((select voltway.tenants())::uuid[]))', target);
end $$;

-- The installation's directory: what must be found before a tenant is known. Read by exact key only.
create table voltway.tenant (
  id uuid primary key,
  name text not null,
  created_at bigint not null
);

-- An OCPP identity is unique in an installation and is never published.
create table voltway.station_directory (
  identity text primary key check (length(identity) between 1 and 48),
  tenant_id uuid not null references voltway.tenant,
  station_id uuid not null,
  unique (tenant_id, station_id),
  unique (identity, tenant_id, station_id)
);

-- Which people (schema auth) belong to a tenant, and as what.
create table voltway.membership (
  user_id text not null,
  tenant_id uuid not null references voltway.tenant,
  role text not null check (role in ('owner', 'operator', 'viewer', 'driver')),
  driver_id uuid,
  created_at bigint not null,
  primary key (user_id, tenant_id, role)
);

create table voltway.api_key (
  id uuid primary key,
  tenant_id uuid not null references voltway.tenant,
  name text not null,
  key_hash bytea not null unique,
  last_four text not null,
  scopes text[] not null,
  created_at bigint not null,
  revoked_at bigint
);

create table voltway.idempotency_key (
  tenant_id uuid not null references voltway.tenant,
  key text not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  status integer not null,
  body jsonb,
  created_at bigint not null,
  primary key (tenant_id, key)
);
select voltway.protect('voltway.idempotency_key');
