create table voltway.cdr (
  tenant_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  driver_id uuid,
  -- Per tenant, without gaps, in the order of issue.
  receipt_number integer not null,
  issued_at bigint not null,
  currency char(3) not null,
  total_micros numeric(20,0) not null,
  -- The frozen record and receipt; person data only by reference.
  body jsonb not null,
  primary key (tenant_id, id),
  unique (tenant_id, session_id),
  unique (tenant_id, receipt_number),
  foreign key (tenant_id, session_id) references voltway.session (tenant_id, id)
);
create index on voltway.cdr (tenant_id, driver_id, issued_at desc);
select voltway.protect('voltway.cdr');

create table voltway.ledger_transaction (
  tenant_id uuid not null references voltway.tenant,
  id uuid not null,
  idempotency_key text not null,
  description text not null,
  posted_at bigint not null,
  primary key (tenant_id, id),
  unique (tenant_id, idempotency_key)
);
select voltway.protect('voltway.ledger_transaction');

create table voltway.ledger_entry (
  tenant_id uuid not null,
  transaction_id uuid not null,
  line integer not null,
  account text not null,
  currency char(3) not null,
  -- Debit positive, credit negative.
  amount_micros numeric(20,0) not null check (amount_micros <> 0),
  primary key (tenant_id, transaction_id, line),
  foreign key (tenant_id, transaction_id) references voltway.ledger_transaction (tenant_id, id)
);
create index on voltway.ledger_entry (tenant_id, account);
select voltway.protect('voltway.ledger_entry');

-- Money moves only as balanced double entries: checked at commit, whoever writes.
create function voltway.check_ledger_balance() returns trigger language plpgsql as $$
begin
  if exists (
    select from voltway.ledger_entry
    where tenant_id = new.tenant_id and transaction_id = new.transaction_id
    group by currency having sum(amount_micros) <> 0
  ) then
    raise exception 'ledger transaction % does not balance', new.transaction_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_balances after insert on voltway.ledger_entry
  deferrable initially deferred for each row execute function voltway.check_ledger_balance();

create function voltway.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are never changed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger ledger_is_final before update or delete on voltway.ledger_entry for each row execute function voltway.refuse_change();
create trigger ledger_is_final before update or delete on voltway.ledger_transaction for each row execute function voltway.refuse_change();
create trigger cdr_is_final before update or delete on voltway.cdr for each row execute function voltway.refuse_change();
