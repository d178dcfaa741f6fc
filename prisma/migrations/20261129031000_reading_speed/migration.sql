-- How many letters a text has to read, as packages/labeling counts them (reading-speed.ts): characters, and one of Chinese,
-- Japanese or Korean for three. Of a text of ASCII that is its length, known without looking at each character.
CREATE FUNCTION "letters_of"("given" text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN octet_length(given) = length(given) THEN length(given)
    ELSE length(given)
      + 2 * regexp_count(given, '[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]') END
$$;
