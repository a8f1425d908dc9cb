-- Who planned a meeting last, and what of a plan gave way to one that came later, until a leader has chosen.
alter table meeting add column planned_by varchar(36);
alter table meeting add column planned_at bigint;

create table meeting_conflict (
  meeting varchar(36) not null,
  field varchar(60) not null,
  value varchar(1000) not null,
  planned_by varchar(36),
  planned_at bigint,
  settled boolean not null,
  version bigint not null,
  primary key (meeting, field)
);
