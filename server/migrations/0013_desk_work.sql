-- What waits for whom on open orders: a row for an order's step, and one for each request and each consultation that waits beside it.
-- Folded from the events as the clocks are; `bihuan reindex tasks` makes it anew.
create table order_task (
  region_id smallint not null,
  intake_month int not null,
  order_id bigint not null,
  seq int not null,
  unit_id int not null,
  unit2 int,
  flow text not null,
  kind text not null,
  holder_id int,
  kept_out int[] not null,
  asked_by int,
  taken_by int,
  due_at timestamptz not null,
  due_from timestamptz,
  due_slot text,
  tried_at timestamptz,
  visit_at timestamptz,
  primary key (region_id, intake_month, order_id, seq, unit_id)
);
comment on column order_task.due_at is 'infinity where no maximum runs: what is not timed comes last';

-- What one person has, by due time; what a few units owe; what a city or the whole province owes.
create index order_task_holder on order_task (holder_id, due_at, order_id) where holder_id is not null;
create index order_task_unit on order_task (unit_id, kind, due_at, order_id) include (holder_id);
create index order_task_due on order_task (kind, due_at, order_id) include (unit_id);
create index order_task_due2 on order_task (unit2, kind, due_at, order_id) include (unit_id);
create index order_task_asked on order_task (asked_by, due_at, order_id) where asked_by is not null;
create index order_task_taken on order_task (taken_by, due_at, order_id) where taken_by is not null;
create index order_task_visit on order_task (visit_at) where visit_at is not null;

-- Which version of an order somebody last looked at: what happened since is news to him.
create table desk_seen (
  region_id smallint not null,
  staff_id int not null,
  order_id bigint not null,
  version int not null,
  seen_at timestamptz not null,
  primary key (region_id, staff_id, order_id),
  foreign key (staff_id) references staff (staff_id)
);
create index desk_seen_at on desk_seen (seen_at);

-- What a person chose to keep: filters, views. It follows the person to another workstation.
create table desk_setting (
  staff_id int not null references staff (staff_id),
  name text not null check (name <> '' and length(name) <= 40),
  value text not null check (length(value) <= 20000),
  changed_at timestamptz not null,
  primary key (staff_id, name)
);
comment on table desk_setting is 'distribution: reference';
