-- What a question is about (edition 0) is in its asker's words and goes with the asker; what answers rest on is the team's: null.
alter table question_citation add column asker varchar(36);
update question_citation set asker = (select q.asker from question q where q.id = question_citation.question) where edition = 0;
delete from question_citation where edition = 0 and question in (select q.id from question q where q.text_sealed is null);
create index question_citation_asker on question_citation (asker);
