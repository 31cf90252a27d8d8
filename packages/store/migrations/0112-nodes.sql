-- Server processes on this database. One row is one lease: a process that lost its lease takes another one.
-- No tenant: like the directory, what the nodes say to each other is read by exact key only.
create table voltway.node (
  id uuid primary key,
  -- Of the advisory lock that the node's own session holds: where it is free, nobody listens there.
  number integer generated always as identity unique,
  name text not null,
  -- Whether nodes share one secret can be told by it, and not what that is.
  secret_check text not null,
  lease_ms integer not null check (lease_ms > 0),
  started_at bigint not null,
  -- Counted up at each renewal. Others judge by whether it moves in their own time: clocks of two machines differ.
  renewals bigint not null default 0,
  renewed_at bigint not null,
  ended_at bigint,
  end_reason text,
  -- When everything that the node held was put right.
  settled_at bigint
);
create index on voltway.node (id) where settled_at is null;

-- Work that one node does for all: who holds it, as long as its lease lasts.
create table voltway.node_duty (
  duty text primary key,
  node_id uuid not null references voltway.node on delete cascade,
  taken_at bigint not null
);

-- What one node asks of another, until it is fetched. Unlogged: whoever asked waits, and asks again or gives up.
create unlogged table voltway.node_mail (
  to_node uuid not null,
  id bigint generated always as identity,
  body text not null,
  primary key (to_node, id)
);

-- The node that holds the station's newest link, and the one that carries a command.
alter table voltway.charging_station add column link_node uuid;
alter table voltway.station_command add column node_id uuid;
create index on voltway.station_command (tenant_id, node_id) where state = 'queued';
