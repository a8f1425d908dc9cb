-- A text of 4,000 signs has 16,000 bytes at most, sealed four thirds of that and 70; the embedded database counts UTF-16 units elsewhere.
create table question (
  id varchar(36) not null primary key,
  asker varchar(36) not null,
  cell varchar(36) not null,
  topic varchar(36),
  text_sealed varchar(21500),
  publishable boolean not null,
  team varchar(36) not null,
  state varchar(20) not null,
  asked_at bigint not null,
  -- the day from which the clock runs: that of asking, or of asking again
  since varchar(10) not null,
  -- by whose end the team has to answer; null once nobody has to
  due varchar(10),
  escalated integer not null,
  reopened integer not null,
  merged_into varchar(36),
  answered_at bigint,
  answer_days integer,
  version bigint not null
);
create index question_asker on question (asker, asked_at);
create index question_queue on question (team, state, due);
create index question_due on question (due);
create index question_merged on question (merged_into);

-- Answers are kept one after another: the newest that was released counts.
create table question_answer (
  id varchar(36) not null primary key,
  question varchar(36) not null,
  edition integer not null,
  -- whom it is for, with whom it goes
  asker varchar(36) not null,
  text_sealed varchar(32100) not null,
  written_by varchar(36) not null,
  written_at bigint not null,
  released_by varchar(36),
  released_at bigint,
  stale boolean not null
);
create unique index question_answer_edition on question_answer (question, edition);
create index question_answer_asker on question_answer (asker);

-- What a question is about (edition 0) and what its answers rest on.
create table question_citation (
  question varchar(36) not null,
  edition integer not null,
  position integer not null,
  document varchar(36),
  number varchar(200),
  title varchar(1000) not null,
  place varchar(200),
  primary key (question, edition, position)
);
create index question_citation_document on question_citation (document);

create table question_message (
  id varchar(36) not null primary key,
  question varchar(36) not null,
  -- the asker, also of what the team wrote
  member varchar(36) not null,
  by_team boolean not null,
  account varchar(36) not null,
  reopens boolean not null,
  text_sealed varchar(10800) not null,
  sent_at bigint not null,
  version bigint not null
);
create index question_message_question on question_message (question, sent_at);
create index question_message_member on question_message (member);

-- unit null: of the whole province; kind: of the unit above the asker's cell that answers; team: one that always does.
create table question_topic (
  id varchar(36) not null primary key,
  unit varchar(36),
  name varchar(240) not null,
  kind varchar(40),
  team varchar(36),
  active boolean not null,
  position integer not null,
  version bigint not null
);

-- The knowledge base: texts for everybody, without a name.
create table question_entry (
  question varchar(36) not null primary key,
  unit varchar(36) not null,
  topic varchar(36),
  text varchar(8000) not null,
  answer varchar(12000) not null,
  published_by varchar(36) not null,
  published_at bigint not null,
  version bigint not null
);
create index question_entry_time on question_entry (published_at, question);

create table question_rating (
  question varchar(36) not null,
  member varchar(36) not null,
  useful boolean not null,
  rated_at bigint not null,
  primary key (question, member)
);
create index question_rating_member on question_rating (member);

insert into question_topic (id, unit, name, kind, team, active, position, version) values ('6f1c1d7e-0001-7000-8000-000000000001', null, 'Kết nạp đảng viên, chuyển đảng chính thức', null, null, true, 1, 0);
insert into question_topic (id, unit, name, kind, team, active, position, version) values ('6f1c1d7e-0001-7000-8000-000000000002', null, 'Chuyển sinh hoạt đảng', null, null, true, 2, 0);
insert into question_topic (id, unit, name, kind, team, active, position, version) values ('6f1c1d7e-0001-7000-8000-000000000003', null, 'Sinh hoạt chi bộ', 'COMMUNE', null, true, 3, 0);
insert into question_topic (id, unit, name, kind, team, active, position, version) values ('6f1c1d7e-0001-7000-8000-000000000004', null, 'Đảng phí', 'COMMUNE', null, true, 4, 0);
insert into question_topic (id, unit, name, kind, team, active, position, version) values ('6f1c1d7e-0001-7000-8000-000000000005', null, 'Đại hội, bầu cử trong Đảng', null, null, true, 5, 0);
insert into question_topic (id, unit, name, kind, team, active, position, version) values ('6f1c1d7e-0001-7000-8000-000000000006', null, 'Kiểm tra, giám sát, kỷ luật', null, null, true, 6, 0);
insert into question_topic (id, unit, name, kind, team, active, position, version) values ('6f1c1d7e-0001-7000-8000-000000000007', null, 'Khen thưởng, Huy hiệu Đảng', null, null, true, 7, 0);
