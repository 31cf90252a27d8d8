-- To what an event of the grid caps a site for a while, beside what panels will give and the building will take.
alter table voltway.site_forecast drop constraint site_forecast_kind_check,
  add constraint site_forecast_kind_check check (kind in ('pv', 'load', 'cap'));
