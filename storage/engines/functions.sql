-- What the dialect of the statements takes for granted and PostgreSQL has not: written once, here.
-- Letters are compared as the database's own locale knows them (UTF-8); columns order by bytes.

CREATE FUNCTION json_valid(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    PERFORM $1::json;
    RETURN true;
EXCEPTION WHEN data_exception THEN
    RETURN false;
END $$;

-- `$.name` of an object, as text.
CREATE FUNCTION json_extract(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
RETURN $1::json #>> string_to_array(substr($2, 3), '.');

CREATE FUNCTION json_each(text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT value FROM json_array_elements_text($1::json) AS e (value)
$$;

-- Days since noon of 24 November 4714 BC, as SQLite counts them.
CREATE FUNCTION julianday(text) RETURNS double precision LANGUAGE sql STABLE STRICT
RETURN extract(epoch FROM $1::timestamptz)::double precision / 86400 + 2440587.5;

-- The smaller of two, not the smallest of many.
CREATE FUNCTION min(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
RETURN least($1 COLLATE "C", $2 COLLATE "C");

-- The words of a text: letters and digits, lower case, without accents (as FTS5's unicode61 does).
CREATE FUNCTION words_of(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT RETURN (
    SELECT coalesce(array_agg(left(found[1], 500)), '{}') FROM regexp_matches(
        lower(regexp_replace(normalize($1 COLLATE "default", NFKD), '[\u0300-\u036f]', '', 'g')),
        '[[:alnum:]]+', 'g') AS found
);

CREATE FUNCTION word_vector(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT RETURN (
    SELECT coalesce(string_agg(word || ':' || least(place, 16383), ' '), '')::tsvector
    FROM unnest(words_of($1)) WITH ORDINALITY AS w (word, place)
);

-- FTS5's quoted phrases, each with or without a star for "begins so": all of them.
CREATE FUNCTION word_query(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT RETURN (
    SELECT string_agg('(' || array_to_string(words, ' <-> ') || begins || ')', ' & ')::tsquery
    FROM (
        SELECT words_of(replace(part[1], '""', '"')),
            CASE part[2] WHEN '*' THEN ':*' ELSE '' END
        FROM regexp_matches($1, '"((?:[^"]|"")*)"\s*(\*?)', 'g') AS part
    ) AS parts (words, begins) WHERE cardinality(words) > 0
);
