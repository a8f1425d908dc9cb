-- Passkeys: keys of which an account has the public half here, and its owner's phone or computer the other.
create table account_passkey (
  id varchar(36) not null primary key,
  account varchar(36) not null,
-- SHA-256 of the id that its device gave it, which may have a thousand bytes
  hash varchar(64) not null,
-- that id, the kind of device and the public key, as the device told them, in Base64
  credential varchar(8000) not null,
-- for which it was made: browsers offer it there alone
  host varchar(253) not null,
-- of the device, empty if it is not known
  name varchar(60) not null,
-- how the device can be reached, between commas
  transports varchar(100) not null,
-- whether it may be on further devices of its owner
  synced boolean not null,
  sign_count bigint not null,
  made_at bigint not null,
  used_at bigint,
  constraint account_passkey_hash unique (hash)
);
create index account_passkey_account on account_passkey (account);
