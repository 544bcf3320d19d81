-- The intake desk: calls as the telephone system reports them, what is owed for an account, unfinished intakes.

-- What the billing system said last, and when that was imported. No instant: nothing is known to be owed.
alter table customer_account
  add column arrears_as_of timestamptz,
  add column arrears_since date,
  add column arrears_fen   bigint check (arrears_fen > 0),
  add check (arrears_as_of is not null or (arrears_since is null and arrears_fen is null));

-- region_id: of the unit the integration is at home in, where call_no is unique. customer_id may be of another region; phone is
-- personal and goes when the customer or the order is erased, at the latest when its time is over.
create table call (
  region_id    smallint not null,
  call_no      text collate "C" not null check (length(call_no) <= 100),
  staff_id     int not null references staff (staff_id),
  -- The agent's home unit: whose calls these are, seen from above.
  unit_id      int not null references unit (unit_id),
  phone        text collate "C",
  queue        text,
  customer_id  bigint,
  started_at   timestamptz not null,
  ended_at     timestamptz check (ended_at >= started_at),
  talk_seconds int check (talk_seconds >= 0),
  recorded_at  timestamptz not null,
  primary key (region_id, call_no),
  check (talk_seconds is null or ended_at is not null)
);
create index call_staff on call (staff_id, started_at desc);
create index call_customer on call (customer_id, started_at desc) where customer_id is not null;
create index call_phone on call (phone) where phone is not null;
create index call_started on call using brin (started_at);

-- Orders taken in during a call. An order may be of another region.
create table call_order (
  region_id smallint not null,
  call_no   text collate "C" not null,
  order_id  bigint not null,
  primary key (region_id, call_no, order_id),
  foreign key (region_id, call_no) references call (region_id, call_no) on delete cascade
);
create index call_order_order on call_order (order_id);

-- Who sits at which telephone just now: agents share desks.
create table call_extension (
  region_id smallint not null,
  extension text collate "C" not null check (extension ~ '^\d{2,8}$'),
  staff_id  int not null references staff (staff_id),
  since     timestamptz not null,
  primary key (region_id, extension),
  unique (region_id, staff_id)
);

-- What somebody was writing down when the page went: personal data, gone with the intake or after a day.
create table desk_draft (
  region_id  smallint not null,
  staff_id   int not null references staff (staff_id),
  draft_id   text collate "C" not null check (length(draft_id) between 8 and 64),
  content    jsonb not null,
  changed_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (region_id, staff_id, draft_id)
);
create index desk_draft_expiry on desk_draft (expires_at);
