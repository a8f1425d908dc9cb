create table safe (
  id varchar(36) not null primary key,
  income_sealed varchar(400),
  income_hash varchar(64),
  note_sealed varchar(400)
);
create index safe_income on safe (income_hash);
