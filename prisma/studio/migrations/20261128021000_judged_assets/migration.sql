-- Who found a picture fit to be shown: `prompt` for what was drawn from judged words, else the classifier and its
-- thresholds. Null: nobody that is known, so that it is judged before it is worked on again.
ALTER TABLE assets ADD COLUMN judged_by text;
