-- The one place of personal data; all else refers to it.
create table voltway.person (
  tenant_id uuid not null references voltway.tenant,
  id uuid not null,
  name text not null,
  email text,
  phone text,
  locale text not null default 'en-GB',
  primary key (tenant_id, id)
);
select voltway.protect('voltway.person');

create table voltway.driver (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  state text not null default 'active' check (state in ('active', 'blocked')),
  -- Generated, not personal: what the app presents to stations for this driver, and the group all the driver's tokens share.
  app_token text not null check (length(app_token) <= 20),
  group_token text not null check (length(group_token) <= 20),
  created_at bigint not null,
  primary key (tenant_id, id),
  unique (tenant_id, app_token),
  unique (tenant_id, group_token),
  foreign key (tenant_id, person_id) references voltway.person (tenant_id, id)
);
select voltway.protect('voltway.driver');

create table voltway.vehicle (
  tenant_id uuid not null,
  id uuid not null,
  driver_id uuid not null,
  label text not null,
  battery_wh integer not null check (battery_wh > 0),
  max_ac_w integer not null check (max_ac_w > 0),
  max_dc_w integer check (max_dc_w > 0),
  connector_standards text[] not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, driver_id) references voltway.driver (tenant_id, id)
);
select voltway.protect('voltway.vehicle');

-- Cards and other tokens: keyed hash of the trimmed upper-case text, and its last characters for people.
create table voltway.id_token (
  tenant_id uuid not null references voltway.tenant,
  id uuid not null,
  token_hash bytea not null,
  last_four text not null,
  type text not null check (type in ('rfid', 'app', 'contract', 'other')),
  label text not null,
  driver_id uuid,
  state text not null default 'active' check (state in ('active', 'blocked')),
  expires_at bigint,
  created_at bigint not null,
  last_used_at bigint,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, driver_id) references voltway.driver (tenant_id, id)
);
create index on voltway.id_token (tenant_id, driver_id);
select voltway.protect('voltway.id_token');

create table voltway.push_subscription (
  tenant_id uuid not null,
  driver_id uuid not null,
  endpoint text not null,
  keys jsonb not null,
  created_at bigint not null,
  primary key (tenant_id, driver_id, endpoint),
  foreign key (tenant_id, driver_id) references voltway.driver (tenant_id, id)
);
select voltway.protect('voltway.push_subscription');

create table voltway.notification (
  tenant_id uuid not null,
  id uuid not null,
  driver_id uuid not null,
  session_id uuid,
  reservation_id uuid,
  kind text not null,
  data jsonb not null default '{}',
  created_at bigint not null,
  read_at bigint,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, driver_id, session_id, reservation_id, kind),
  foreign key (tenant_id, driver_id) references voltway.driver (tenant_id, id)
);
select voltway.protect('voltway.notification');
