-- Lines of the roll that came after the meeting was closed: they change nothing until who leads the cell takes them into the roll.
create table meeting_late_call (
  id varchar(36) not null primary key,
  meeting varchar(36) not null,
  member varchar(36) not null,
  recorded_by varchar(36) not null,
  present boolean not null,
  reason_sealed varchar(120),
  recorded_at bigint not null,
  taken boolean,
  decided_at bigint,
  decided_by varchar(36),
  version bigint not null
);
create index meeting_late_call_meeting on meeting_late_call (meeting, id);
create index meeting_late_call_member on meeting_late_call (member);
