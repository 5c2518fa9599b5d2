DROP TABLE key_use;
