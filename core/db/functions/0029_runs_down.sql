DROP TABLE spans, model_calls, runs;
