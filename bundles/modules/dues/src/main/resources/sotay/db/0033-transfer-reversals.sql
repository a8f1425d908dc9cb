-- How often what was taken of a transfer was taken back: each time it is taken its payments are others.
alter table dues_transfer add column reversals integer default 0 not null;
create index dues_request_settled on dues_request (settled_by);
