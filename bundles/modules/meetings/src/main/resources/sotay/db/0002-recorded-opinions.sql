-- The leader who wrote an opinion down for a member; null: the member did.
alter table meeting_opinion add column recorded_by varchar(36);
