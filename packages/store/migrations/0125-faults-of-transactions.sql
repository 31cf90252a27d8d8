-- What went wrong at the connector while a transaction ran on it, in the station's own word: OCPP 1.6 says it in a status, not in the stop.
alter table voltway.transaction_fact add column fault text;
