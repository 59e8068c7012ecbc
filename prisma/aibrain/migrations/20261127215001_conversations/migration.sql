CREATE TABLE conversations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  turns integer NOT NULL CHECK (turns BETWEEN 0 AND 50),
  locked boolean NOT NULL,
  shared boolean NOT NULL,
  archived_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT conversations_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX conversations_user_idx ON conversations (tenant_id, user_id, id DESC);
SELECT platform.protect('conversations', '{tenant_id,id}');
CREATE INDEX orchestrations_conversation_idx ON orchestrations (tenant_id, conversation_id, id DESC);
