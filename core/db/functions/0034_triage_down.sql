DROP TABLE case_triages;
