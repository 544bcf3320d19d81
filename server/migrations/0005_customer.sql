-- Customers: who is supplied, under which accounts, whom to call, what to mind. Everything here grows with the customers of a
-- region, so every key begins with region_id and nothing refers across regions.
-- Personal data (names, addresses, telephone numbers, what is searched for them) stand in nullable or emptied columns:
-- erasing a customer clears them and leaves the ids that orders hold.

create sequence customer_number;

create table transformer_area (
  region_id  smallint not null,
  code       text collate "C" not null check (code <> '' and length(code) <= 40),
  name       text not null check (name <> '' and length(name) <= 120),
  unit_id    int not null references unit (unit_id),
  version    int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (region_id, code)
);
create index transformer_area_unit on transformer_area (unit_id);

-- customer_id is region (3 digits) · number (10 digits): the region is read from it, so every access carries the whole key.
create table customer (
  region_id   smallint not null,
  customer_id bigint not null check (customer_id / 10000000000 = region_id),
  customer_no text collate "C",
  name        text,
  importance  text not null check (importance in ('ORDINARY', 'SPECIAL', 'FIRST', 'SECOND', 'TEMPORARY')),
  erased_at   timestamptz,
  version     int not null default 1,
  created_at  timestamptz not null,
  changed_at  timestamptz not null,
  primary key (region_id, customer_id),
  check (name is not null or erased_at is not null)
);
create unique index customer_by_customer_no on customer (region_id, customer_no) where customer_no is not null;

-- An account's unit is that of its transformer area wherever it has one. A merge of customers moves accounts, so the
-- customer is not part of the key. Coordinates are WGS 84 degrees.
-- search_tokens and search_text are made by core/search-text.ts from the account, its customer and the contacts.
create table customer_account (
  region_id             smallint not null,
  account_no            text collate "C" not null,
  customer_id           bigint not null,
  unit_id               int not null,
  category              text not null check (category in ('RESIDENT', 'LV_NON_RESIDENT', 'HV_SINGLE', 'HV_DUAL')),
  voltage               text check (voltage in ('V220', 'V380', 'KV6', 'KV10', 'KV20', 'KV35', 'KV66', 'KV110', 'KV220')),
  area_class            text not null check (area_class in ('URBAN', 'RURAL', 'REMOTE')),
  transformer_area_code text collate "C",
  address               text,
  longitude             double precision check (longitude between -180 and 180),
  latitude              double precision check (latitude between -90 and 90),
  search_tokens         text[] collate "C" not null default '{}',
  search_text           text collate "C" not null default '',
  primary key (region_id, account_no),
  foreign key (region_id, customer_id) references customer (region_id, customer_id),
  foreign key (region_id, transformer_area_code) references transformer_area (region_id, code),
  check ((longitude is null) = (latitude is null))
);
create index customer_account_customer on customer_account (region_id, customer_id);
create index customer_account_unit on customer_account (unit_id);
create index customer_account_transformer_area on customer_account (region_id, transformer_area_code);
create index customer_account_search on customer_account using gin (search_tokens);

-- contact_no names a contact within its customer.
create table customer_contact (
  region_id   smallint not null,
  customer_id bigint not null,
  contact_no  int not null,
  name        text,
  phone       text collate "C" not null,
  relation    text not null check (relation in ('HOLDER', 'FAMILY', 'TENANT', 'EXECUTIVE', 'FINANCE', 'ELECTRICIAN', 'PROXY', 'OTHER')),
  primary key (region_id, customer_id, phone),
  foreign key (region_id, customer_id) references customer (region_id, customer_id)
);

create table special_need (
  region_id   smallint not null,
  customer_id bigint not null,
  kind        text not null check (kind in ('LIFE_SUPPORT', 'ELDERLY', 'DISABLED', 'HEARING_IMPAIRED', 'LOW_INCOME', 'OTHER')),
  note        text,
  valid_from  date,
  valid_to    date,
  primary key (region_id, customer_id, kind),
  foreign key (region_id, customer_id) references customer (region_id, customer_id),
  check (valid_to >= valid_from)
);

-- Which key opened which file: the same request sent again gets the same answer.
create table customer_receipt (
  region_id    smallint not null,
  key          text not null check (length(key) <= 200),
  request_hash bytea not null,
  customer_id  bigint not null,
  recorded_at  timestamptz not null,
  primary key (region_id, key)
);
