-- Orders: their hash-chained events, what may be erased about them, their projection, their clocks.
-- Everything here grows with work: region_id leads every key. region_id and intake_month are read from the order id.

create sequence order_number minvalue 1 maxvalue 99999999 cycle;

create table work_order (
  region_id         smallint not null,
  intake_month      int not null,
  order_id          bigint not null,
  flow              text not null,
  subtype           text,
  status            text not null check (status in ('OPEN', 'SUSPENDED', 'ARCHIVED', 'TERMINATED', 'WITHDRAWN')),
  step              text,
  unit_id           int not null,
  -- Ancestors of the responsible unit by depth, root first: a subtree is one equality.
  unit1 int, unit2 int, unit3 int, unit4 int, unit5 int, unit6 int,
  desk_unit_id      int not null,
  handling_unit_id  int,
  holder_id         int,
  origin            text not null,
  urgency           text,
  grade             text,
  area_class        text,
  identity          text not null,
  customer_id       bigint,
  transformer_area  text,
  intake_at         timestamptz not null,
  changed_at        timestamptz not null,
  closed_at         timestamptz,
  -- Earliest due instant among the running maxima, and the clock it belongs to.
  due_at            timestamptz,
  due_from          timestamptz,
  due_slot          text,
  episode           int not null,
  missed            int not null default 0,
  urges             int not null default 0,
  master_id         bigint,
  rulebook_version  int not null,
  -- What rules ask about, as folded: a change of the rules is tried against it without reading histories.
  facts             jsonb not null,
  import_id         bigint,
  version           int not null,
  head_hash         bytea not null,
  primary key (region_id, intake_month, order_id)
);
-- Live lists: open orders by due time, at each depth a person may stand; histories of other systems are never in them.
create index work_order_due on work_order (due_at, order_id) where status in ('OPEN', 'SUSPENDED') and import_id is null;
create index work_order_due2 on work_order (unit2, due_at, order_id) where status in ('OPEN', 'SUSPENDED') and import_id is null;
create index work_order_due3 on work_order (unit3, due_at, order_id) where status in ('OPEN', 'SUSPENDED') and import_id is null;
create index work_order_due4 on work_order (unit4, due_at, order_id) where status in ('OPEN', 'SUSPENDED') and import_id is null;
create index work_order_due5 on work_order (unit5, due_at, order_id) where status in ('OPEN', 'SUSPENDED') and import_id is null;
create index work_order_flow on work_order (region_id, flow, step, due_at, order_id) where status in ('OPEN', 'SUSPENDED') and import_id is null;
create index work_order_holder on work_order (region_id, holder_id, due_at) where holder_id is not null and status in ('OPEN', 'SUSPENDED');
-- Everything, newest first.
create index work_order_newest on work_order (intake_at desc, order_id desc) where import_id is null;
create index work_order_newest2 on work_order (unit2, intake_at desc, order_id desc) where import_id is null;
create index work_order_newest3 on work_order (unit3, intake_at desc, order_id desc) where import_id is null;
create index work_order_newest4 on work_order (unit4, intake_at desc, order_id desc) where import_id is null;
create index work_order_unit on work_order (unit_id);
create index work_order_customer on work_order (region_id, customer_id, intake_at) where customer_id is not null;
create index work_order_import on work_order (region_id, import_id) where import_id is not null;
create index work_order_master on work_order (region_id, master_id) where master_id is not null;

-- Who it is about: erasable, never hashed. `tokens` serves search and the hints of repeats.
create table order_contact (
  region_id    smallint not null,
  intake_month int not null,
  order_id     bigint not null,
  title        text not null,
  description  text,
  name         text,
  phone        text,
  address      text,
  account_no   text,
  tokens       text[] collate "C" not null default '{}',
  search_text  text collate "C" not null default '',
  primary key (region_id, intake_month, order_id)
);
alter table order_contact alter column tokens set statistics 1000;
create index order_contact_tokens on order_contact using gin (tokens);

-- Units that had the order or were asked: there the result shows.
create table order_unit (
  region_id    smallint not null,
  unit_id      int not null,
  order_id     bigint not null,
  intake_month int not null,
  primary key (region_id, unit_id, order_id)
);
create index order_unit_order on order_unit (region_id, order_id);

create table order_event (
  region_id       smallint not null,
  intake_month    int not null,
  order_id        bigint not null,
  seq             int not null,
  type            text not null,
  at              timestamptz not null,
  recorded_at     timestamptz not null,
  actor_kind      text not null check (actor_kind in ('staff', 'api-key', 'system')),
  actor_id        int not null,
  acting_unit_id  int,
  -- Where the order stood after it; changes only.
  move            jsonb not null default '{}',
  data            jsonb not null default '{}',
  -- SHA-256 over a salt and the personal data beside it: shows rewriting, tells nothing once both are erased.
  personal_digest bytea,
  previous_hash   bytea,
  hash            bytea not null,
  primary key (region_id, intake_month, order_id, seq)
) partition by range (intake_month);
create index order_event_file on order_event ((data ->> 'sha256')) where type = 'attach';
create index order_event_recorded on order_event using brin (recorded_at);

create table order_private (
  region_id    smallint not null,
  intake_month int not null,
  order_id     bigint not null,
  seq          int not null,
  salt         bytea not null,
  data         jsonb not null,
  primary key (region_id, intake_month, order_id, seq)
);

-- Running and paused clocks only: what a timer has to look at. A clock that ends moves to clock_history.
create table clock (
  region_id        smallint not null,
  intake_month     int not null,
  order_id         bigint not null,
  clock_no         int not null,
  episode          int not null,
  flow             text not null,
  slot             text not null,
  authority        text not null,
  round            int not null,
  subject          text not null default '',
  pack             text,
  rule_key         text,
  rulebook_version int,
  limit_kind       text not null,
  amount           double precision,
  unit             text,
  calendar         text,
  started_at       timestamptz not null,
  started_seq      int not null,
  due_at           timestamptz,
  due_before_extension_at timestamptz,
  paused_until_at  timestamptz,
  due_if_paused_until_at timestamptz,
  pauses           jsonb not null default '[]',
  status           text not null,
  stopped_at       timestamptz,
  stopped_seq      int,
  provisional      boolean not null default false,
  primary key (region_id, intake_month, order_id, clock_no)
);
create index clock_due on clock (due_at) where status = 'running';

create table clock_history (like clock including defaults,
  primary key (region_id, intake_month, order_id, clock_no)
) partition by range (intake_month);

-- Counts of live orders, kept as differences so that nobody waits for anybody; a job adds them up.
create table order_tally (
  region_id smallint not null,
  tally_id  bigint generated by default as identity,
  unit_id   int not null,
  flow      text not null,
  step      text,
  status    text not null,
  n         int not null,
  primary key (region_id, tally_id)
);
create index order_tally_unit on order_tally (region_id, unit_id);

-- What a key has done: the same command sent again is answered, not done again.
create table command_receipt (
  region_id    smallint not null,
  key          text not null,
  request_hash bytea not null,
  order_id     bigint not null,
  seq          int not null,
  recorded_at  timestamptz not null,
  primary key (region_id, key)
);
create index command_receipt_recorded on command_receipt using brin (recorded_at);

-- The signed daily digest of all heads that changed on a day: truncation, deletion and rewriting show against it.
create table order_digest (
  region_id  smallint not null,
  day        date not null,
  orders     int not null,
  digest     bytea not null,
  signature  bytea not null,
  public_key bytea not null,
  made_at    timestamptz not null,
  primary key (region_id, day)
);

-- Events are added, never changed: only the erasure of personal data touches the row beside them.
create function order_event_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'order_event is append-only' using errcode = 'restrict_violation';
end $$;
create trigger order_event_append_only before update or delete on order_event for each row execute function order_event_append_only();

-- Makes the partitions of a month where they are missing. Safe to call from several connections at once.
create function ensure_order_month(month int) returns void language plpgsql as $$
declare
  following int := case when month % 100 = 12 then month + 89 else month + 1 end;
begin
  if to_regclass('order_event_' || month) is not null and to_regclass('clock_history_' || month) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(7236, month);
  execute format('create table if not exists %I partition of order_event for values from (%s) to (%s)', 'order_event_' || month, month, following);
  execute format('create table if not exists %I partition of clock_history for values from (%s) to (%s)', 'clock_history_' || month, month, following);
end $$;
