-- What a station said of the lock that holds the plug: a step of its transaction, said after its end as a rule.
alter table voltway.transaction_fact add column plug text check (plug in ('locked', 'unlocked'));
-- The transaction that last began on an EVSE, which such a word belongs to.
create index on voltway.transaction_fact (tenant_id, station_id, evse, occurred_at desc) where kind = 'transaction.started';

-- The station's last word; null where it has none.
alter table voltway.session
  add column plug text check (plug in ('locked', 'unlocked')),
  add column plug_at bigint;
