-- All that a search in the order of the names looks at, so that it reads the rows of those whom it finds alone.
drop index member_name;
create index member_name on member (sort_name, id, status, cell);
