-- Who asked for a session's stop, and when: the station only says "Remote".
alter table voltway.session
  add column stop_requested_by text check (stop_requested_by in ('driver', 'operator', 'reservationEnd')),
  add column stop_requested_at bigint;

-- What a person decided about a held session: {decision: 'bill' | 'waive', reason, by, at}.
alter table voltway.session add column review jsonb;
