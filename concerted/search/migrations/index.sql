-- What the index is made from. Each row has the audience of its thing and, in "audiences", that and
-- those of all that the thing stands in. Who asks sees what the wall shows them: nothing here passes it.
CREATE FUNCTION search_source(the_root text, ids bigint[]) RETURNS TABLE (
    kind text, source_id bigint, root text, root_id bigint, body_id bigint, day date,
    states text[], due date, title text, words text, page_key text, anchor text,
    source_key text, audiences bigint[], audience_id bigint
) LANGUAGE sql STABLE AS $$
    WITH of_meetings AS NOT MATERIALIZED (
        SELECT m.*, b.name AS body_name, b.audience_id AS body_audience
        FROM meetings_meeting m JOIN people_body b ON b.id = m.body_id
    ), of_items AS (
        SELECT i.*, m.held_on, m.body_id, m.key AS meeting_key, m.state,
               CASE WHEN i.ref = '' THEN '' ELSE i.ref || '. ' END || i.title AS said,
               m.audience_id AS meeting_audience, m.body_audience
        FROM meetings_item i JOIN of_meetings m ON m.id = i.meeting_id
        WHERE the_root = 'item' AND i.id = ANY (ids)
          -- Of an agenda that is not published yet nothing is found: no page but its builder shows it.
          AND NOT (m.state IN ('planned', 'cancelled') AND i.issue > m.agenda_issue)
    ), of_papers AS (
        SELECT p.*, b.audience_id AS body_audience,
               coalesce(p.dated_on, (p.accepted_at AT TIME ZONE 'UTC')::date) AS day
        FROM papers_paper p JOIN people_body b ON b.id = p.body_id
        WHERE the_root = 'paper' AND p.id = ANY (ids)
    ), of_actions AS (
        SELECT a.*, b.audience_id AS body_audience
        FROM actions_action a JOIN people_body b ON b.id = a.body_id
        WHERE the_root = 'action' AND a.id = ANY (ids)
    ), found AS (
        SELECT 'meeting' AS kind, id AS source_id, body_id, held_on AS day, ARRAY[state::text] AS states,
               NULL::date AS due, body_name || ', ' || to_char(held_on, 'FMDD FMMonth YYYY') AS title,
               venue::text AS words, key AS page_key, '' AS anchor,
               key AS source_key, ARRAY[body_audience] AS within, audience_id, id AS root_id
        FROM of_meetings WHERE the_root = 'meeting' AND id = ANY (ids)
        UNION ALL
        SELECT 'item', id, body_id, held_on, ARRAY[state::text], NULL, said,
               concat_ws(E'\n', (SELECT string_agg(concat_ws(' ', one->>0, one->>1), E'\n')
                                 FROM jsonb_array_elements(sub_items) one), text),
               meeting_key, 'i-' || key, key, ARRAY[meeting_audience, body_audience], audience_id, id
        FROM of_items
        UNION ALL
        SELECT 'paragraph', p.id, i.body_id, i.held_on, ARRAY[i.state::text], NULL, i.said, p.text,
               i.meeting_key, 'i-' || i.key, p.key,
               ARRAY[i.audience_id, i.meeting_audience, i.body_audience], p.audience_id, i.id
        FROM meetings_paragraph p JOIN of_items i ON i.id = p.item_id WHERE p.text <> ''
        UNION ALL
        SELECT 'passage', p.id, i.body_id, i.held_on, ARRAY[i.state::text], NULL, i.said, p.text,
               i.meeting_key, 'i-' || i.key, p.key,
               ARRAY[i.audience_id, i.meeting_audience, i.body_audience]
               -- It stands in a restricted paragraph: whoever may not read that never meets it.
               || ARRAY(SELECT k.audience_id FROM meetings_paragraph k
                        WHERE k.item_id = i.id
                          AND position('[withheld ' || p.number || ']' IN k.text) > 0),
               p.audience_id, i.id
        FROM meetings_passage p JOIN of_items i ON i.id = p.item_id
        UNION ALL
        SELECT 'decision', d.id, d.body_id, d.decided_on,
               ARRAY(SELECT d.code::text UNION SELECT l.code FROM meetings_limb l
                     WHERE l.decision_id = d.id AND l.audience_id = d.audience_id ORDER BY 1),
               NULL, i.said,
               concat_ws(E'\n', d.text, (SELECT string_agg(l.text, E'\n' ORDER BY l.position, l.id)
                                         FROM meetings_limb l
                                         WHERE l.decision_id = d.id
                                           AND l.audience_id = d.audience_id
                                           AND l.text <> d.text)),
               i.meeting_key, 'd-' || d.key, d.key,
               ARRAY[i.audience_id, i.meeting_audience, i.body_audience], d.audience_id, i.id
        FROM meetings_decision d JOIN of_items i ON i.id = d.item_id
        UNION ALL
        SELECT 'action', id, body_id, agreed_on, ARRAY[state::text], due, text,
               concat_ws(E'\n', nullif(substr(text, 1001), ''), nullif(owner_text, ''),
                         nullif(due_text, '')), key, '', key,
               ARRAY[body_audience], audience_id, id
        FROM of_actions
        UNION ALL
        SELECT 'update', u.id, a.body_id, (u.at AT TIME ZONE 'Europe/London')::date,
               ARRAY[a.state::text], a.due, a.text, u.note, a.key, '', u.key,
               ARRAY[a.audience_id, a.body_audience], u.audience_id, a.id
        FROM actions_update u JOIN of_actions a ON a.id = u.action_id WHERE u.note <> ''
        UNION ALL
        SELECT 'paper', id, body_id, day, '{}', NULL, title,
               concat_ws(E'\n', nullif(purpose, ''), nullif(summary, ''), nullif(author_text, '')),
               key, '', key, ARRAY[body_audience], audience_id, id
        FROM of_papers
        UNION ALL
        SELECT 'recommendation', r.id, p.body_id, p.day, '{}', NULL, p.title,
               concat_ws(E'\n', concat_ws(' ', nullif(r.ref, ''), r.text),
                         (SELECT string_agg(concat_ws(' ', one->>0, one->>1), E'\n')
                          FROM jsonb_array_elements(r.parts) one)),
               p.key, 'r-' || r.key, r.key, ARRAY[p.audience_id, p.body_audience], r.audience_id, p.id
        FROM papers_recommendation r JOIN of_papers p ON p.id = r.paper_id
        UNION ALL
        SELECT 'section', s.id, p.body_id, p.day, '{}', NULL,
               p.title || CASE WHEN s.heading = '' THEN '' ELSE ': ' || s.heading END,
               concat_ws(' ', nullif(s.ref, ''), s.text), p.key, '', '',
               ARRAY[p.audience_id, p.body_audience], s.audience_id, p.id
        FROM papers_paragraph s JOIN of_papers p ON p.id = s.paper_id
        UNION ALL
        SELECT 'appendix', x.id, p.body_id, p.day, '{}', NULL,
               'Appendix ' || x.ref || CASE WHEN x.title = '' THEN '' ELSE ': ' || x.title END,
               p.title, p.key, '', x.key, ARRAY[p.audience_id, p.body_audience], x.audience_id, p.id
        FROM papers_appendix x JOIN of_papers p ON p.id = x.paper_id
    )
    SELECT f.kind, f.source_id, the_root, f.root_id, f.body_id, f.day, f.states, f.due,
           left(f.title, 1000), left(f.words, 100000), f.page_key, f.anchor, f.source_key,
           ARRAY(SELECT DISTINCT one FROM unnest(f.within || f.audience_id) one ORDER BY 1),
           f.audience_id
    FROM found f
$$;

-- One after another for each meeting, paper or action: who waited reads what is so by then. Few are
-- locked one by one, many by shutting out all others.
CREATE FUNCTION search_lock(the_root text, ids bigint[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
    IF cardinality(ids) > 300 THEN
        PERFORM pg_advisory_xact_lock(7135003, 0);
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(7135003, 0);
    PERFORM pg_advisory_xact_lock(hashtextextended(the_root || one, 7135003))
    FROM (SELECT DISTINCT unnest(ids) AS one ORDER BY 1) ordered;
END $$;

-- Writes the rows of these things anew, where they differ; says how many did. The words and
-- audiences are read with the wall open, since who changes a thing may be outside of what it stands
-- in; nothing that was read is handed back.
CREATE FUNCTION search_refresh(the_root text, ids bigint[]) RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    before text := current_setting('app.audiences', true);
    changed bigint;
BEGIN
    IF coalesce(cardinality(ids), 0) = 0 THEN
        RETURN 0;
    END IF;
    PERFORM set_config('app.audiences', coalesce((SELECT array_agg(id) FROM access_audience), '{}')::text, true);
    PERFORM search_lock(CASE the_root WHEN 'item' THEN 'meeting' ELSE the_root END,
        CASE the_root WHEN 'item' THEN
            array(SELECT DISTINCT meeting_id FROM meetings_item WHERE id = ANY (ids))
        ELSE ids END);
    WITH now AS MATERIALIZED (
        SELECT * FROM search_source(the_root, ids)
    ), known AS MATERIALIZED (
        -- Two at once may each make a circle of the same audiences, rather than wait for each other.
        SELECT c.audiences, min(c.id) AS id FROM search_circle c
        WHERE c.audiences IN (SELECT n.audiences FROM now n) GROUP BY c.audiences
    ), made AS (
        INSERT INTO search_circle (audiences)
        SELECT DISTINCT n.audiences FROM now n
        WHERE NOT EXISTS (SELECT FROM known k WHERE k.audiences = n.audiences)
        RETURNING audiences, id
    ), written AS (
        INSERT INTO search_row AS there (kind, source_id, root, root_id, body_id, day, states, due, title,
                                         words, page_key, anchor, source_key, circle_id,
                                         audience_id)
        SELECT n.kind, n.source_id, n.root, n.root_id, n.body_id, n.day, n.states, n.due, n.title, n.words,
               n.page_key, n.anchor, n.source_key, c.id, n.audience_id
        FROM now n JOIN (TABLE known UNION ALL TABLE made) c ON c.audiences = n.audiences
        ON CONFLICT (kind, source_id) DO UPDATE SET
            root = excluded.root, root_id = excluded.root_id, body_id = excluded.body_id,
            day = excluded.day, states = excluded.states, due = excluded.due, title = excluded.title,
            words = excluded.words, page_key = excluded.page_key, anchor = excluded.anchor,
            source_key = excluded.source_key,
            circle_id = excluded.circle_id, audience_id = excluded.audience_id
        WHERE (there.root, there.root_id, there.body_id, there.day, there.states, there.due, there.title,
               there.words, there.page_key, there.anchor, there.source_key, there.circle_id, there.audience_id)
            IS DISTINCT FROM
              (excluded.root, excluded.root_id, excluded.body_id, excluded.day, excluded.states,
               excluded.due, excluded.title, excluded.words, excluded.page_key, excluded.anchor,
               excluded.source_key, excluded.circle_id, excluded.audience_id)
        RETURNING 1
    ), gone AS (
        DELETE FROM search_row there
        WHERE there.root = the_root AND there.root_id = ANY (ids) AND NOT EXISTS (
            SELECT FROM now WHERE now.kind = there.kind AND now.source_id = there.source_id)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM written) + (SELECT count(*) FROM gone) INTO changed;
    PERFORM set_config('app.audiences', coalesce(before, ''), true);
    RETURN changed;
END $$;

-- What all change at once with something above them: the items of a meeting, all that a body has.
CREATE FUNCTION search_refresh_below(the_table text, ids bigint[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    before text := current_setting('app.audiences', true);
    meetings bigint[] := CASE the_table WHEN 'meetings_meeting' THEN ids ELSE '{}' END;
    items bigint[];
    papers bigint[];
    actions bigint[];
BEGIN
    PERFORM set_config('app.audiences', coalesce((SELECT array_agg(id) FROM access_audience), '{}')::text, true);
    IF the_table = 'people_body' THEN
        -- No meeting, paper or action comes to a body while what it is called is written there.
        PERFORM pg_advisory_xact_lock(7135003, 0);
        meetings := array(SELECT id FROM meetings_meeting WHERE body_id = ANY (ids));
        papers := array(SELECT id FROM papers_paper WHERE body_id = ANY (ids));
        actions := array(SELECT id FROM actions_action WHERE body_id = ANY (ids));
    END IF;
    PERFORM search_lock('meeting', meetings);
    items := array(SELECT id FROM meetings_item WHERE meeting_id = ANY (meetings));
    PERFORM set_config('app.audiences', coalesce(before, ''), true);
    PERFORM search_refresh('meeting', meetings);
    PERFORM search_refresh('item', items);
    PERFORM search_refresh('paper', papers);
    PERFORM search_refresh('action', actions);
END $$;

-- After each statement, for the rows that it changed: of which root they are, told by the trigger.
-- A limb is of an item through its decision. What many things below show of one (a body its name, a
-- meeting its day) is told as a third word: only where one of these columns changed they follow.
CREATE FUNCTION search_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    the_root text := TG_ARGV[0];
    before text := current_setting('app.audiences', true);
    changed bigint[];
    part text := CASE WHEN TG_ARGV[1] = 'limb' THEN
        'SELECT d.item_id FROM %s r JOIN meetings_decision d ON d.id = r.decision_id'
        ELSE 'SELECT r.' || TG_ARGV[1] || ' FROM %s r' END;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 2 THEN
        EXECUTE format('SELECT array(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id '
                       'WHERE (n.%s) IS DISTINCT FROM (o.%s))',
                       replace(TG_ARGV[2], ',', ', n.'), replace(TG_ARGV[2], ',', ', o.'))
        INTO changed;
        IF changed <> '{}' THEN
            PERFORM search_refresh_below(TG_TABLE_NAME, changed);
        END IF;
        RETURN NULL;
    END IF;
    PERFORM set_config('app.audiences', coalesce((SELECT array_agg(id) FROM access_audience), '{}')::text, true);
    EXECUTE 'SELECT array(' || CASE TG_OP
        WHEN 'INSERT' THEN format(part, 'new_rows')
        WHEN 'DELETE' THEN format(part, 'old_rows')
        ELSE format(part, 'new_rows') || ' UNION ' || format(part, 'old_rows') END || ')'
    INTO changed;
    PERFORM set_config('app.audiences', coalesce(before, ''), true);
    PERFORM search_refresh(the_root, changed);
    RETURN NULL;
END $$;

-- The one place where words are looked for behind the wall: the match of words is not leakproof, so
-- under row-level security no index would serve it. The wall stands in the question itself instead,
-- with what each thing stands in, before anything is ordered, counted or cut off.
CREATE POLICY finding ON search_row FOR SELECT TO CURRENT_USER USING (true);

-- Circles of whom the reader is all: what stands in one of these they may see.
CREATE FUNCTION search_circles() RETURNS bigint[] LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(id), '{}') FROM search_circle
    -- In a question of its own, which is asked once and not for every circle.
    WHERE audiences <@ (
        SELECT coalesce(nullif(current_setting('app.audiences', true), ''), '{}')::bigint[])
$$;

-- At most so many ("most") of what fits, the newest, in the order of their rank; "more" says that
-- others fit too. How they are come by changes the time alone. A look at the newest ("sample") tells whether the words stand on many:
-- then things are gone through from the newest on ("ahead"), until enough fit. Else, and where these
-- do not yield enough, they are looked up in the index of words, where few cost little.
CREATE FUNCTION search_found(
    asked tsquery, kinds text[], bodies bigint[], wanted_states text[], due_before date,
    since date, until date, the_day date, most integer, sample integer, ahead integer
) RETURNS TABLE (
    id bigint, kind text, body_id bigint, rank double precision, day date, more boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
-- How many rows fit several words is guessed too badly to leave these to the planner.
SET enable_seqscan = off SET random_page_cost = 1.1 SET jit = off AS $$
DECLARE
    circles bigint[] := search_circles();
    ordered text := ' ORDER BY day DESC, kind DESC, source_id DESC LIMIT ';
    sees text := ' FROM search_row WHERE circle_id = ANY ($9)';
    ids bigint[];
    seen bigint;
    fit bigint;
BEGIN
    IF kinds IS NOT NULL THEN sees := sees || ' AND kind = ANY ($2)'; END IF;
    IF bodies IS NOT NULL THEN sees := sees || ' AND body_id = ANY ($3)'; END IF;
    IF wanted_states IS NOT NULL THEN sees := sees || ' AND states && $4::varchar[]'; END IF;
    IF due_before IS NOT NULL THEN sees := sees || ' AND due < $5'; END IF;
    IF since IS NOT NULL THEN sees := sees || ' AND day >= $6'; END IF;
    IF until IS NOT NULL THEN sees := sees || ' AND day < $7'; END IF;
    IF asked IS NULL THEN
        EXECUTE 'SELECT array(SELECT id' || sees || ordered || '$8)' INTO ids
        USING asked, kinds, bodies, wanted_states, due_before, since, until, most + 1, circles;
    ELSE
        EXECUTE 'SELECT count(*), count(*) FILTER (WHERE found_by @@ $1) '
                'FROM (SELECT found_by' || sees || ordered || '$8) newest' INTO seen, fit
        USING asked, kinds, bodies, wanted_states, due_before, since, until, sample, circles;
        IF seen < sample OR fit * ahead > most::bigint * sample THEN
            EXECUTE 'SELECT array(SELECT id FROM (SELECT id, kind, source_id, day, found_by'
                    || sees || ordered || '$10) newest WHERE found_by @@ $1' || ordered || '$8)' INTO ids
            -- Half as many again as should do: a plan for more would sort all that there is.
            USING asked, kinds, bodies, wanted_states, due_before, since, until, most + 1, circles,
                  least(ahead, greatest(sample, 3 * most::bigint * sample / (2 * greatest(fit, 1))));
        END IF;
        -- Of fewer than a sample all have been gone through; OFFSET keeps the order out of the plan.
        IF seen = sample AND coalesce(cardinality(ids), 0) <= most THEN
            EXECUTE 'SELECT array(SELECT id FROM (SELECT id, kind, source_id, day'
                    || sees || ' AND found_by @@ $1 OFFSET 0) fit' || ordered || '$8)' INTO ids
            USING asked, kinds, bodies, wanted_states, due_before, since, until, most + 1, circles;
        END IF;
    END IF;
    RETURN QUERY
    SELECT one.id, one.kind::text, one.body_id, CASE WHEN asked IS NULL THEN 0 ELSE
        -- A year old counts a little less than new, ten years a little less than that.
        ts_rank(one.found_by, asked)::float8 * (1 + 0.2 / (1 + greatest(0, the_day - one.day) / 365.0))
        END AS rank, one.day, cardinality(ids) > most
    FROM search_row one WHERE one.id = ANY (ids[:most])
    ORDER BY 4 DESC, one.day DESC, one.kind DESC, one.source_id DESC;
END $$;

-- Words that look like one that is not found, the likest first: words of the newest things, among
-- those that the reader may see, that hold a word with the same beginning.
CREATE FUNCTION search_alike(word text, most integer, sample integer, ahead integer)
RETURNS TABLE (alike text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    begins text := left(sort_name(word), CASE WHEN length(word) > 4 THEN 2 ELSE 1 END);
BEGIN
    RETURN QUERY
    SELECT words.one FROM (
        SELECT DISTINCT string_to_table(lower(search_plain(there.title || ' ' || there.words)), ' ') AS one
        FROM search_row there WHERE there.id IN (
            SELECT found.id FROM search_found(
                to_tsquery('simple', quote_literal(begins) || ':*'),
                NULL, NULL, NULL, NULL, NULL, NULL, current_date, most, sample, ahead) found)
    ) words WHERE length(words.one) > 2 AND starts_with(sort_name(words.one), begins)
    AND similarity(sort_name(words.one), sort_name(word)) >= 0.4
    ORDER BY similarity(sort_name(words.one), sort_name(word)) DESC,
             abs(length(words.one) - length(sort_name(word))), words.one LIMIT 1;
END $$;
