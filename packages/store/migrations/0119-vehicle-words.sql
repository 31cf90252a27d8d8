-- What a car said of itself over its cable (ISO 15118): what it needs, and the schedule it chose. A step of its transaction.
alter table voltway.transaction_fact add column vehicle jsonb;

-- Its last words; null where it has none.
alter table voltway.session
  add column vehicle_needs jsonb,
  add column vehicle_schedule jsonb;
