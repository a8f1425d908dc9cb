-- who has read and understood a document, and which edition of it
create table document_acknowledgement (
  document varchar(36) not null,
  member varchar(36) not null,
  edition integer not null,
  acknowledged_at bigint not null,
  primary key (document, member)
);
create index document_ack_member on document_acknowledgement (member);

-- each edition as it was published; lists as lines
create table document_edition (
  document varchar(36) not null,
  edition integer not null,
  published_at bigint not null,
  number varchar(200),
  title varchar(1000) not null,
  kind varchar(20) not null,
  issuer varchar(400) not null,
  level varchar(20) not null,
  signed varchar(10),
  effective varchar(10),
  expires varchar(10),
  topics varchar(3000) not null,
  relations varchar(16000) not null,
  files varchar(20000) not null,
  primary key (document, edition)
);
