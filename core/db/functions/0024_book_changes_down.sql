DO $unwatch$
DECLARE
    w record;
BEGIN
    FOR w IN SELECT tgrelid::regclass AS tab, tgname AS name FROM pg_trigger
             WHERE tgfoid = 'note_book_change()'::regprocedure LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', w.name, w.tab);
    END LOOP;
END $unwatch$;
DROP TABLE book_changes;
DROP FUNCTION note_book_change, prune_book_changes;
