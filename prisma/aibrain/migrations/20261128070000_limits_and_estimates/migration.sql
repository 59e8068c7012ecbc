-- What the caller should know about an answer, and whether its tokens are guessed since nobody counted them.
ALTER TABLE orchestrations
  ADD COLUMN limits text[] NOT NULL DEFAULT '{}',
  ADD COLUMN usage_estimated boolean NOT NULL DEFAULT false;
