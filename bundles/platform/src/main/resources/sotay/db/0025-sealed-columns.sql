-- The columns that modules seal by the keys of this database: a new key reaches them also while their module is stopped, or its jar is
-- taken away. A row stays as long as its column is there.
create table sealed_column (
  table_name varchar(60) not null,
  column_name varchar(60) not null,
  module varchar(40) not null,
  field varchar(60) not null,
  key_column varchar(60) not null,
  hash_column varchar(60),
  primary key (table_name, column_name)
);
