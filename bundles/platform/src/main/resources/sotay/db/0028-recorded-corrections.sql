-- The leader who wrote a request down for a member; null: the member did.
alter table correction add column recorded_by varchar(36);
