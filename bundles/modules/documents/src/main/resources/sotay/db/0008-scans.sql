-- who has found the letters of a scan: null where the file has them itself
alter table document_file add column text_by varchar(10);

-- lines of pages that a job has recognised so far: it goes on with the next page after a stop
create table document_scan (
  job varchar(36) not null,
  page integer not null,
-- derby:  body clob,
-- postgresql:  body text,
  primary key (job, page)
);
