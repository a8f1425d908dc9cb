-- The keys that sealed fields of this database are opened with, by number and fingerprint: whether the key file is the right one is
-- known before anything is read. It is finished when nothing is left that an older key has sealed, or none.
create table field_key (
  key_number integer not null primary key,
  fingerprint varchar(64) not null,
  known_at bigint not null,
  finished_at bigint
);

-- The phone, sealed, and a keyed hash to find it by. The column phone stays for the version before, and is emptied.
alter table member add column phone_sealed varchar(200);
alter table member add column phone_hash varchar(64);
create index member_phone_hash on member (phone_hash);
