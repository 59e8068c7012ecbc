-- The operation of the newest spoken turn that is on its way: an older one ends without charge.
ALTER TABLE conversations ADD COLUMN spoken_turn_id uuid;
