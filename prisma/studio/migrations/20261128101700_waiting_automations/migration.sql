-- What an event calls for and could not be made at once is found and tried again.
CREATE INDEX automation_runs_waiting_idx ON automation_runs (created_at) WHERE state = 'waiting';
SELECT platform.protect('automation_runs', '{tenant_id,event_id,state,created_at}');
