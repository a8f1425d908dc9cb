-- whether a file that an import brings is there already
create index document_file_file on document_file (file);
