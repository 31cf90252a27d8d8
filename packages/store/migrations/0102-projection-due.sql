-- Transactions whose session must be folded anew: a hundred facts of one make one row, so a flood costs one fold.
create table voltway.projection_due (
  tenant_id uuid not null references voltway.tenant,
  station_id uuid not null,
  transaction_id text not null,
  primary key (tenant_id, station_id, transaction_id)
);
select voltway.protect('voltway.projection_due');
