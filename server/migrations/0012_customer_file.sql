-- The whole of a customer's file: facts, evidence, manager, visits, notes, the card he keeps, and files that were made one.
-- Facts are checked by core/customer/file/facts.ts, which says which of them are personal. card_token leads from the code on the card
-- to the file, for staff only. A file that was merged keeps its row and its number, so that orders and old addresses lead to the survivor.
alter table customer
  add column facts jsonb,
  add column card_token text collate "C",
  add column merged_into bigint,
  add check (merged_into <> customer_id),
  add foreign key (region_id, merged_into) references customer (region_id, customer_id);
create index customer_merged on customer (region_id, merged_into) where merged_into is not null;
create unique index customer_card on customer (region_id, card_token) where card_token is not null;
create index customer_credit_code on customer (region_id, (facts ->> 'creditCode')) where facts ->> 'creditCode' is not null;
-- Who has the same number: what looks like one customer twice.
create index customer_contact_phone on customer_contact (region_id, phone);

-- Files that prove a need. They stay with the customer they were entered for; a file is read together with those merged into it.
create table special_need_evidence (
  region_id   smallint not null,
  customer_id bigint not null,
  file_no     int not null check (file_no > 0),
  kind        text not null check (kind in ('LIFE_SUPPORT', 'ELDERLY', 'DISABLED', 'HEARING_IMPAIRED', 'LOW_INCOME', 'OTHER')),
  name        text not null check (name <> ''),
  sha256      text collate "C" not null,
  size_bytes  int not null,
  media_type  text not null,
  valid_to    date,
  added_by    int references staff (staff_id),
  added_at    timestamptz not null,
  primary key (region_id, customer_id, file_no),
  unique (region_id, customer_id, kind, sha256),
  foreign key (region_id, customer_id) references customer (region_id, customer_id)
);
create index special_need_evidence_content on special_need_evidence (sha256);

-- Who answered for a customer (客户经理), and when. given_by is null where a file was imported.
create table customer_manager (
  region_id   smallint not null,
  customer_id bigint not null,
  manager_no  int not null check (manager_no > 0),
  staff_id    int not null references staff (staff_id),
  since       timestamptz not null,
  until       timestamptz check (until >= since),
  given_by    int references staff (staff_id),
  primary key (region_id, customer_id, manager_no),
  foreign key (region_id, customer_id) references customer (region_id, customer_id)
);
create unique index customer_manager_now on customer_manager (region_id, customer_id) where until is null;
create index customer_manager_staff on customer_manager (staff_id, region_id, customer_id) where until is null;

-- said, place and reason are personal: erased, never hashed.
create table customer_visit (
  region_id    smallint not null,
  customer_id  bigint not null,
  visit_no     int not null check (visit_no > 0),
  state        text not null check (state in ('PLANNED', 'DONE', 'CANCELLED')),
  occasion     text not null check (occasion in ('REGULAR', 'SPECIAL_CARE', 'COMPLAINT', 'CONNECTION', 'SAFETY', 'OUTAGE', 'OTHER')),
  staff_id     int not null references staff (staff_id),
  planned_on   date,
  visited_at   timestamptz check ((visited_at is not null) = (state = 'DONE')),
  place        text,
  said         text,
  satisfaction text check (satisfaction in ('VERY_SATISFIED', 'SATISFIED', 'NEUTRAL', 'DISSATISFIED', 'VERY_DISSATISFIED')),
  order_id     bigint,
  reason       text,
  version      int not null default 1,
  receipt      text not null,
  request_hash bytea not null,
  created_at   timestamptz not null,
  changed_at   timestamptz not null,
  primary key (region_id, customer_id, visit_no),
  unique (region_id, customer_id, receipt),
  foreign key (region_id, customer_id) references customer (region_id, customer_id),
  check (state <> 'PLANNED' or planned_on is not null)
);
create index customer_visit_planned on customer_visit (staff_id, planned_on) where state = 'PLANNED';

-- Added to, never changed: who wrote a note may retract it, and says why. body is null once it was erased.
create table customer_note (
  region_id      smallint not null,
  customer_id    bigint not null,
  note_no        int not null check (note_no > 0),
  body           text,
  author_id      int references staff (staff_id),
  author         text not null,
  written_at     timestamptz not null,
  retracted_at   timestamptz,
  retract_reason text,
  receipt        text not null,
  request_hash   bytea not null,
  primary key (region_id, customer_id, note_no),
  unique (region_id, customer_id, receipt),
  foreign key (region_id, customer_id) references customer (region_id, customer_id)
);

-- Two files made one. before: both as they were, to undo it by; personal, cleared when the customer is erased.
create table customer_merge (
  region_id        smallint not null,
  merged_id        bigint not null,
  merge_no         int not null check (merge_no > 0),
  survivor_id      bigint not null,
  survivor_version int not null,
  reason           text not null,
  before           jsonb,
  merged_by        int references staff (staff_id),
  merged_at        timestamptz not null,
  undone_by        int references staff (staff_id),
  undone_at        timestamptz,
  primary key (region_id, merged_id, merge_no),
  foreign key (region_id, merged_id) references customer (region_id, customer_id),
  foreign key (region_id, survivor_id) references customer (region_id, customer_id)
);
create index customer_merge_survivor on customer_merge (region_id, survivor_id);

-- The numbers printed on the card a customer keeps: of a unit, and of a manager at work.
create table service_phone (
  holder     text not null check (holder in ('UNIT', 'STAFF')),
  holder_id  int not null,
  phone      text collate "C" not null,
  changed_at timestamptz not null,
  primary key (holder, holder_id)
);
comment on table service_phone is 'distribution: reference';
