-- when an approved document becomes visible; whether its readers are to acknowledge it; how often it was published
alter table document add column publish_at bigint;
alter table document add column acknowledge boolean;
alter table document add column edition integer;
create index document_publish_at on document (state, publish_at);
