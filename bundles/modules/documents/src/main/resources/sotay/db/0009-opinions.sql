-- until the end of which day members are asked what they think of a draft
alter table document add column opinions_until varchar(10);
alter table document_edition add column opinions_until varchar(10);

-- the paragraphs of an edition on which somebody has an opinion, as they were read: another edition may say something else there
create table document_paragraph (
  document varchar(36) not null,
  edition integer not null,
  position integer not null,
  anchor varchar(100) not null,
-- derby:  body clob not null,
-- postgresql:  body text not null,
  primary key (document, edition, position)
);
create unique index document_paragraph_anchor on document_paragraph (document, edition, anchor);

-- a text of 4,000 signs has 16,000 bytes at most, sealed four thirds of that and 70
create table document_opinion (
  id varchar(36) not null primary key,
  document varchar(36) not null,
  edition integer not null,
  -- of what was taken back: its id, so that there is room for another one
  anchor varchar(100) not null,
  member varchar(36) not null,
  cell varchar(36) not null,
  stance varchar(20) not null,
  text_sealed varchar(21500),
  wording_sealed varchar(21500),
  written_at bigint not null,
  withdrawn boolean not null,
  version bigint not null
);
create unique index document_opinion_place on document_opinion (document, edition, anchor, member);
create index document_opinion_member on document_opinion (member, written_at);
create index document_opinion_cell on document_opinion (document, cell);

-- what a cell says as a whole, and when it was sent to those above
create table document_cell_opinion (
  document varchar(36) not null,
  cell varchar(36) not null,
  edition integer not null,
  anchor varchar(100) not null,
  stance varchar(20) not null,
  text varchar(8000),
  wording varchar(8000),
  written_at bigint not null,
  primary key (document, cell, edition, anchor)
);
create table document_cell_sent (
  document varchar(36) not null,
  cell varchar(36) not null,
  sent_at bigint not null,
  primary key (document, cell)
);
