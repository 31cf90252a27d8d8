-- Every domain event, written in the transaction of its fact. Readers keep a cursor and never update rows: a row is
-- safe to read once every transaction below its xid has ended, so none is skipped however commits interleave.
create table voltway.outbox (
  tenant_id uuid not null,
  position bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  recorded_at bigint not null,
  type text not null,
  subject text not null,
  data jsonb not null,
  primary key (tenant_id, xid, position, recorded_at)
) partition by range (recorded_at);
select voltway.protect('voltway.outbox');

create table voltway.outbox_cursor (
  tenant_id uuid not null references voltway.tenant,
  consumer text not null,
  xid xid8 not null,
  position bigint not null,
  primary key (tenant_id, consumer)
);
select voltway.protect('voltway.outbox_cursor');
