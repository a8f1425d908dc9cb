-- A second factor of an account: codes of an app. It counts once it was confirmed by one of them.
create table account_factor (
  account varchar(36) not null,
  kind varchar(10) not null,
-- sealed
  secret varchar(200) not null,
  made_at bigint not null,
  confirmed_at bigint,
-- of the last code that was taken: each is taken once
  last_step bigint not null,
  primary key (account, kind)
);

-- Codes for who has lost the app, by the SHA-256 of their 80 bits; each is taken once.
create table account_recovery (
  account varchar(36) not null,
  hash varchar(64) not null,
  used_at bigint,
  primary key (account, hash)
);
