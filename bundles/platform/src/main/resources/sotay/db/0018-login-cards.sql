-- Cards by which members sign in for the first time, or again when they have forgotten their PIN.
create table login_card (
  id varchar(36) not null primary key,
  member varchar(36) not null,
-- of its eight characters, slow to compute: who reads this table cannot open a card
  code_hash varchar(64) not null,
  made_by varchar(36) not null,
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  revoked_at bigint,
  constraint login_card_code unique (code_hash)
);
create index login_card_member on login_card (member);

-- Phones and computers that stay with one person: they ask for the PIN alone.
create table device (
  id varchar(36) not null primary key,
  account varchar(36) not null,
-- SHA-256 of the token in the device's cookie
  hash varchar(64) not null,
  bound_at bigint not null,
  constraint device_hash unique (hash)
);
create index device_account on device (account);

-- What a session is told apart by in its owner's list. All may be null: sessions from before have none.
alter table session_token add column name varchar(60);
alter table session_token add column device varchar(36);
alter table session_token add column used_at bigint;
