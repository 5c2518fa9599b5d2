-- What to do first about each case, by rules or by a person's word.
CREATE TABLE case_triages (
    case_id BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    reasons JSONB NOT NULL,
    into_id BIGINT,
    said_by TEXT,
    said_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_case_triages PRIMARY KEY (case_id),
    CONSTRAINT ck_case_triages_verdict_known CHECK (verdict IN ('act now', 'watch', 'merge', 'ignore')),
    CONSTRAINT ck_case_triages_merged_into_one CHECK ((verdict = 'merge') = (into_id IS NOT NULL)),
    CONSTRAINT fk_case_triages_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_case_triages_into_id FOREIGN KEY(into_id) REFERENCES cases (id)
);
GRANT SELECT, INSERT, UPDATE ON case_triages TO expediter_app;
GRANT SELECT ON case_triages TO expediter_agent;
