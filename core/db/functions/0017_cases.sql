-- Wider case states, tasks with a due date, what detection reads.

-- Tasks of people: asked of a role, due on a day, answered with one word and a note.
ALTER TABLE human_tasks
    ADD COLUMN kind text NOT NULL DEFAULT 'question',
    ADD COLUMN role text,
    ADD COLUMN about text NOT NULL DEFAULT '',
    ADD COLUMN due date,
    ADD COLUMN answer text NOT NULL DEFAULT '',
    ADD COLUMN note text NOT NULL DEFAULT '',
    ADD COLUMN answered_by text,
    ADD COLUMN answered_at timestamptz,
    ADD COLUMN proposal_id text;
UPDATE human_tasks SET answer = 'done' WHERE state = 'done';
ALTER TABLE human_tasks
    ALTER COLUMN kind DROP DEFAULT, ALTER COLUMN about DROP DEFAULT,
    ALTER COLUMN answer DROP DEFAULT, ALTER COLUMN note DROP DEFAULT,
    ADD CONSTRAINT fk_human_tasks_proposal_id FOREIGN KEY (proposal_id) REFERENCES proposals (id),
    ADD CONSTRAINT ck_human_tasks_state_known CHECK (state IN ('open', 'done', 'withdrawn')),
    ADD CONSTRAINT ck_human_tasks_kind_known CHECK (
        kind IN ('question', 'offer', 'price', 'waiver', 'correction', 'recount', 'credit', 'return')),
    ADD CONSTRAINT ck_human_tasks_answered_when_done CHECK ((state = 'done') = (answer <> ''));
CREATE INDEX ix_human_tasks_due ON human_tasks (due) WHERE state = 'open';
