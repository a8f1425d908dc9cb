-- All that a search in the order of the names looks at, so that it reads the rows of those whom it finds alone.
drop index member_name;
create index member_name on member (sort_name, id, status, cell);

-- Those who have a word in the order of their names, so that the first of them are found without sorting all.
alter table member_word add column sort_name varchar(200) default '' not null;
update member_word set sort_name = (select m.sort_name from member m where m.id = member_word.member);
create index member_word_name on member_word (word, sort_name, member);
