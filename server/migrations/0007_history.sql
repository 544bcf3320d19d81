-- Histories of other systems: which file was loaded by which mapping, and what each case said beside what became its order.

-- One successful run of an import. Several runs may share a name (a delivery each month) or a file (loaded again).
create table import_run (
  import_id      int generated always as identity primary key,
  name           text not null check (name <> '' and length(name) <= 100),
  kind           text not null check (kind in ('service-requests', 'ticket-events')),
  file_name      text not null,
  -- Of the unpacked content. Together with the number of a row it recognises what was loaded before.
  file_sha256    bytea not null check (length(file_sha256) = 32),
  mapping        jsonb not null,
  -- IANA zone of the file's months, or `floating`.
  zone           text not null,
  below_unit_id  int not null references unit (unit_id),
  -- Of that unit, and so of every case.
  region_id      smallint not null,
  actor_kind     text not null check (actor_kind in ('staff', 'api-key', 'system')),
  actor_id       int not null,
  started_at     timestamptz not null,
  finished_at    timestamptz,
  rows_read      int not null default 0,
  cases_loaded   int not null default 0,
  cases_known    int not null default 0,
  rows_rejected  int not null default 0
);
comment on table import_run is 'distribution: reference';
create index import_run_name on import_run (name);
create index import_run_file on import_run (file_sha256);

-- A case as its file tells it. The order of the same key carries its events and clocks.
create table imported_case (
  region_id     smallint not null,
  intake_month  int not null,
  order_id      bigint not null,
  import_id     int not null,
  -- Number of the case's first row, the header not counted.
  row_number    int not null,
  external_id   text not null,
  unit_id       int not null,
  opened_month  text not null,
  opened_at     timestamptz not null,
  due_at        timestamptz,
  closed_at     timestamptz,
  resolved_at   timestamptz,
  planned_at    timestamptz,
  -- The file's own verdict: true where it says the limit was met.
  given_met     boolean,
  reassignments int,
  reopenings    int,
  -- Step logs only: how many steps, from the earliest to the latest, and what of that the clock stood still.
  events        int not null default 0,
  throughput_ms bigint,
  paused_ms     bigint,
  pauses        int,
  labels        jsonb not null,
  primary key (region_id, intake_month, order_id)
);
create index imported_case_import on imported_case (region_id, import_id, row_number);

-- How long a case of a step log stood in each of the file's states.
create table imported_state (
  region_id    smallint not null,
  intake_month int not null,
  order_id     bigint not null,
  state        text not null,
  import_id    int not null,
  events       int not null,
  duration_ms  bigint not null,
  primary key (region_id, intake_month, order_id, state)
);
create index imported_state_import on imported_state (region_id, import_id);
