-- Where an earlier version of a module kept a sealed value plainly; and since when something may stand there. key_column holds the names
-- of all key columns, with commas between.
alter table sealed_column add column plain_column varchar(60);
alter table sealed_column add column plain_payload varchar(120);
alter table sealed_column add column plain_since bigint;
-- derby: alter table sealed_column alter column key_column set data type varchar(240);
-- postgresql: alter table sealed_column alter column key_column type varchar(240);
