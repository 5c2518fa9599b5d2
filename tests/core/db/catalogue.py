"""What a schema consists of, one line of text a thing, so that two schemas can be compared.

Left out is what a schema does not choose: numbers of objects, and the names that NOT NULL has as a constraint.
"""

from typing import Any

from psycopg import Connection

_RIGHTS = """COALESCE((SELECT string_agg(r, ' ' ORDER BY r) FROM (
    SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END || ':' || string_agg(
           a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END, ',' ORDER BY a.privilege_type) r
    FROM aclexplode({acl}) a GROUP BY a.grantee) g), '')"""

_OF_RELATION = """COALESCE(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))"""

_SOURCES = {
    "relation": f"""
SELECT c.relname, concat_ws(' | ', c.relkind, c.relowner::regrole, c.relpersistence, c.reloptions::text,
    c.relrowsecurity, c.relforcerowsecurity, c.relreplident, obj_description(c.oid, 'pg_class'),
    {_RIGHTS.format(acl=_OF_RELATION)})
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind NOT IN ('i', 'I', 'c')""",
    "column": f"""
SELECT c.relname || '.' || a.attname, concat_ws(' | ', rank() OVER (PARTITION BY c.oid ORDER BY a.attnum),
    format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attcollation::regcollation,
    a.attstorage, a.attcompression, a.attstattarget, a.attoptions::text, pg_get_expr(d.adbin, d.adrelid),
    col_description(c.oid, a.attnum),
    {_RIGHTS.format(acl="a.attacl")})
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'c') AND a.attnum > 0
    AND NOT a.attisdropped""",
    "constraint": """
SELECT COALESCE(conrelid::regclass::text, contypid::regtype::text) || '.' || conname,
    concat_ws(' | ', pg_get_constraintdef(oid), convalidated, conislocal, obj_description(oid, 'pg_constraint'))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "index": """
SELECT i.indexrelid::regclass::text, concat_ws(' | ', pg_get_indexdef(i.indexrelid), c.reloptions::text, i.indisvalid,
    i.indisclustered, i.indisreplident, obj_description(c.oid, 'pg_class'))
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace""",
    "trigger": """
SELECT t.tgrelid::regclass::text || '.' || t.tgname,
    concat_ws(' | ', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal""",
    "function": f"""
SELECT p.oid::regprocedure::text, concat_ws(' | ', CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
    p.proowner::regrole, obj_description(p.oid, 'pg_proc'),
    {_RIGHTS.format(acl="COALESCE(p.proacl, acldefault('f', p.proowner))")})
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace""",
    "view": """
SELECT c.oid::regclass::text, pg_get_viewdef(c.oid)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')""",
    "policy": """
SELECT tablename || '.' || policyname, concat_ws(' | ', permissive, roles::text, cmd, qual, with_check)
FROM pg_policies WHERE schemaname = 'public'""",
    "rule": "SELECT tablename || '.' || rulename, definition FROM pg_rules WHERE schemaname = 'public'",
    "sequence": """
SELECT seqrelid::regclass::text, concat_ws(' | ', seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin, seqcache,
    seqcycle) FROM pg_sequence JOIN pg_class c ON c.oid = seqrelid WHERE c.relnamespace = 'public'::regnamespace""",
    "type": """
SELECT t.oid::regtype::text, concat_ws(' | ', t.typtype, format_type(t.typbasetype, t.typtypmod), t.typnotnull,
    t.typdefault, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd', 'c', 'r')
    AND COALESCE(c.relkind, 'c') = 'c'""",
    "statistics": """
SELECT stxname, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext WHERE stxnamespace = 'public'::regnamespace""",
    "schema": f"""
SELECT n.nspname, {_RIGHTS.format(acl="n.nspacl")} FROM pg_namespace n WHERE n.nspname = 'public'""",
    "default": f"""
SELECT d.defaclrole::regrole::text || ' ' || d.defaclobjtype::text, {_RIGHTS.format(acl="d.defaclacl")}
FROM pg_default_acl d WHERE d.defaclnamespace IN (0, 'public'::regnamespace)""",
}
_ALL = " UNION ALL ".join(
    f"SELECT '{kind} ' || n, d FROM ({source}) {kind}_(n, d)" for kind, source in _SOURCES.items()
)


def catalogue(connection: Connection[Any]) -> dict[str, str]:
    """Each thing of schema public by its kind and name, with all that defines it."""
    return {str(name): str(definition) for name, definition in connection.execute(_ALL.encode())}
