-- until which day readers are asked to say that they have read and understood it
alter table document add column acknowledge_by varchar(10);

-- how far those were reminded of an edition who have not done what they are asked: cell by cell, since they may be as many as all members
create table document_reminder (
  document varchar(36) not null,
  edition integer not null,
  what varchar(20) not null,
  reached varchar(36) not null,
  ended boolean not null,
  primary key (document, edition, what)
);
create index document_acknowledge_by on document (acknowledge_by);
create index document_opinions_until on document (opinions_until);
