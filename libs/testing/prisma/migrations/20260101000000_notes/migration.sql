CREATE TABLE notes (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  text text NOT NULL,
  count integer NOT NULL DEFAULT 0,
  CONSTRAINT notes_pkey PRIMARY KEY (tenant_id, id)
);
SELECT platform.protect('notes', '{tenant_id,id}');

CREATE TABLE colours (
  name text NOT NULL,
  CONSTRAINT colours_pkey PRIMARY KEY (name)
);
SELECT platform.share('colours');
