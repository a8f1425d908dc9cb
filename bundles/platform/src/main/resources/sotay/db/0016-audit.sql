-- Who did what, to whom: one row for each thing and transaction, read, sign-in. Ids alone, so that a name that changes is right, and
-- one that must go is gone. No index but the key: each one more would cost a write as much as the row itself.
create table audit (
  seq bigint not null,
-- a database serves one Sotay at a time: 1
  node integer not null,
  done_at bigint not null,
-- null for the system itself, and for who tries a login that there is not
  account varchar(36),
  kind varchar(20) not null,
  type varchar(40) not null,
  thing varchar(64),
  for_member varchar(36),
-- SHA-256 of what the feed told of the thing before and after
  before_digest varchar(64),
  after_digest varchar(64),
  detail varchar(200),
-- named, so that queries can name it: Derby would go on to read the whole table as when it was small
  constraint audit_key primary key (seq)
);

-- Seals some hundred rows that were not sealed yet: entries holds of each its seq and the hash of the rest, so that a row that was
-- changed, taken away or moved is found with its place; hash is that of the seal before and of the entries.
create table audit_seal (
  number bigint not null,
  node integer not null,
  first_seq bigint not null,
  last_seq bigint not null,
-- the earliest of its rows, which are not quite in the order of their time
  first_at bigint not null,
  sealed_at bigint not null,
  before_hash varchar(64) not null,
  hash varchar(64) not null,
-- derby:  entries blob(64k) not null,
-- postgresql:  entries bytea not null,
  constraint audit_seal_key primary key (number)
);

-- A day's rows are found by the seals of that day.
create index audit_seal_sealed on audit_seal (sealed_at, first_seq);
create index audit_seal_first on audit_seal (first_at, last_seq);

-- Who has read a member's record, by member: a row for reads alone, so that writes do not pay for it.
create table audit_read (
  member varchar(36) not null,
  seq bigint not null,
  constraint audit_read_key primary key (member, seq)
);

-- It cost each write a fifth of its time. The highest number is asked for once, at the start, and is found by change_feed_audience too.
drop index change_feed_seq;
