-- What is kept of a member is asked for by the member, and deleted so.
create index meeting_answer_member on meeting_answer (member);
create index meeting_opinion_member on meeting_opinion (member);
create index meeting_attendance_member on meeting_attendance (member);
