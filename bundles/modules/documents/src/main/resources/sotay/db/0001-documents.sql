-- A text's column holds twice as many characters as the API allows: the embedded database counts UTF-16 units.
create table document (
  id varchar(36) not null primary key,
  unit varchar(36) not null,
  number varchar(200),
  number_key varchar(200) not null,
  title varchar(1000) not null,
  kind varchar(20) not null,
  issuer varchar(400) not null,
  level varchar(20) not null,
  signed varchar(10),
  effective varchar(10),
  expires varchar(10),
  -- effective, else signed
  begins varchar(10),
  -- signed, else the day on which it was written first: the order of lists
  sort_day varchar(10) not null,
  state varchar(20) not null,
  published_at bigint,
  changed_by varchar(36) not null,
  version bigint not null,
  deleted boolean not null
);
create index document_order on document (state, sort_day, id);
create index document_number on document (number_key);

create table document_topic (
  document varchar(36) not null,
  position integer not null,
  topic varchar(120) not null,
  folded varchar(120) not null,
  primary key (document, position)
);
create index document_topic_folded on document_topic (folded, document);

create table document_relation (
  document varchar(36) not null,
  position integer not null,
  kind varchar(20) not null,
  other varchar(36),
  number varchar(200),
  primary key (document, position)
);
create index document_relation_other on document_relation (other);

create table document_file (
  document varchar(36) not null,
  position integer not null,
  file varchar(64) not null,
  name varchar(400) not null,
  type varchar(200) not null,
  size bigint not null,
  primary key (document, position)
);
