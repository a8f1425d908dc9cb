-- What members say is wrong in their record. What it is to be, why, and what was answered is sealed: content.
create table correction (
  id varchar(36) not null primary key,
  member varchar(36) not null,
  account varchar(36) not null,
  field varchar(20) not null,
  content varchar(8000) not null,
  state varchar(20) not null,
-- an officer answers it: nobody in the cell may, or would not
  passed_up boolean not null,
  asked_at bigint not null,
  acknowledge_by varchar(10) not null,
  answer_by varchar(10) not null,
  acknowledged_at bigint,
  acknowledged_by varchar(36),
  decided_at bigint,
  decided_by varchar(36)
);
create index correction_member on correction (member);
create index correction_state on correction (state, acknowledge_by);

-- What members have agreed to beyond what the law asks for; what was taken back stays, as proof.
create table consent (
  id varchar(36) not null primary key,
  member varchar(36) not null,
  what varchar(60) not null,
  version integer not null,
  given_at bigint not null,
  given_by varchar(36) not null,
  withdrawn_at bigint,
  withdrawn_by varchar(36)
);
create index consent_member on consent (member, what);
