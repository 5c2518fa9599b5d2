-- What models' servers were found to honour; `expediter doctor` asks them.
CREATE TABLE capabilities (
    server TEXT NOT NULL,
    model TEXT NOT NULL,
    found JSONB NOT NULL,
    probed_by TEXT NOT NULL,
    probed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_capabilities PRIMARY KEY (server, model)
);
GRANT SELECT, INSERT, UPDATE ON capabilities TO expediter_app;
GRANT SELECT ON capabilities TO expediter_agent;
