-- Each region's signed digests form a chain of their own: a row that is taken out leaves a gap that an audit sees without any copy.
-- Digests signed so far name no predecessor; the last days are signed anew by the daily duty, earlier ones by `digest sign`.
delete from order_digest;
alter table order_digest
  add column number int not null check (number > 0),
  add column previous bytea,
  add constraint order_digest_number unique (region_id, number),
  add constraint order_digest_first check ((number = 1) = (previous is null));
