-- How words are made of a text: accents taken off, endings taken off as in English, no word left
-- out. So a phrase is found as it was written, small words and references among its words too.
CREATE TEXT SEARCH DICTIONARY search_endings (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION search_words (COPY = english);
ALTER TEXT SEARCH CONFIGURATION search_words
    ALTER MAPPING FOR asciiword, word, asciihword, hword, hword_asciipart, hword_part
    WITH unaccent, search_endings;
ALTER TEXT SEARCH CONFIGURATION search_words
    ALTER MAPPING FOR numword, numhword, hword_numpart WITH unaccent, simple;

-- A space in place of each mark between words, letter for letter: drugs/alcohol are two words,
-- 12/09 and 2(a) are two words that follow each other. concerted.search.asking does the same.
CREATE FUNCTION search_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN regexp_replace(words COLLATE "C",
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4'
    '\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2000-\u206f\u20a4\u20ac\u2122\u2212\u2215'
    '\u3000\ufeff]', ' ', 'g');
