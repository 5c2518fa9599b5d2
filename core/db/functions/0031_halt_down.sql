DROP TRIGGER not_while_halted ON effect_ledger;
DROP TRIGGER not_while_halted ON outbox;
DROP TABLE halts;
DROP FUNCTION guard_halt, lock_to_halt, refuse_while_halted;
