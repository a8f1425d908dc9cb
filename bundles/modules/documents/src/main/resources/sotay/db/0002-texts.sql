-- What was found of the text of a file; null: nobody has looked yet.
alter table document_file add column reading varchar(20);
alter table document_file add column text_file varchar(64);
alter table document_file add column text_size bigint;
create index document_file_reading on document_file (reading);
