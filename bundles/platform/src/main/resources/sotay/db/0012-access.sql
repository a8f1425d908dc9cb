-- Who can sign in. An account of the system, such as the administrator's, has no member.
create table account (
  id varchar(36) not null primary key,
-- as typed, folded: nobody shall be kept out by a capital letter
  login varchar(100) not null,
  member varchar(36),
-- Argon2id with its parameters and salt
  password varchar(200) not null,
  made_at bigint not null,
  password_at bigint not null,
  constraint account_login unique (login)
);
create index account_member on account (member);

-- Sessions by the SHA-256 of their token: who reads this table cannot sign in.
create table session_token (
  hash varchar(64) not null primary key,
  account varchar(36) not null,
  begun_at bigint not null,
  expires_at bigint not null
);
create index session_token_account on session_token (account);
create index session_token_expires on session_token (expires_at);

-- What accounts are at units, from a day to a day.
create table mandate (
  id varchar(36) not null primary key,
  account varchar(36) not null,
  role varchar(40) not null,
  unit varchar(36) not null,
  from_day varchar(10) not null,
  to_day varchar(10)
);
create index mandate_account on mandate (account);
create index mandate_unit on mandate (unit);
