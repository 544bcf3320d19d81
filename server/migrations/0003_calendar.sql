-- Calendars: the announced years, and the layers that rule on top of them. All are reference tables; what stands here is the
-- present state, written only when a rulebook is published. Older states live in the snapshots of table rulebook.

create table calendar_year (
  year         smallint primary key check (year between 2000 and 2100),
  reference    text not null check (reference <> ''),
  urls         text[] not null default '{}',
  announced_on date,
  extra_days   smallint not null default 0,
  entered_at   timestamptz not null,
  entered_by   int references staff (staff_id)
);
comment on table calendar_year is 'distribution: reference';

-- The dates a notice names. Those of New Year may lie in the December before their year.
create table calendar_day (
  date    date primary key,
  year    smallint not null references calendar_year (year) on delete cascade,
  working boolean not null,
  name_zh text not null,
  name_en text not null
);
comment on table calendar_day is 'distribution: reference';
create index calendar_day_year on calendar_day (year);

create table calendar_layer (
  layer_key  text primary key,
  unit_id    int unique references unit (unit_id),
  zone       text,
  hours      jsonb,
  week       jsonb,
  changed_at timestamptz not null,
  changed_by int references staff (staff_id),
  check (layer_key = case when unit_id is null then 'national' else 'unit-' || unit_id end),
  check (unit_id is not null or (zone is not null and hours is not null and week is not null))
);
comment on table calendar_layer is 'distribution: reference';

create table calendar_override (
  layer_key text not null references calendar_layer (layer_key) on delete cascade,
  date      date not null,
  working   boolean not null,
  name_zh   text not null,
  name_en   text not null,
  hours     jsonb,
  primary key (layer_key, date),
  check (working or hours is null)
);
comment on table calendar_override is 'distribution: reference';
