-- numbers of documents that the text of a file names, as they are compared; and of which files they are known
create table document_citation (
  file varchar(64) not null,
  number_key varchar(200) not null,
  primary key (file, number_key)
);
create index document_citation_number on document_citation (number_key);
create table document_citing_file (
  file varchar(64) not null primary key
);
