-- What one account may act as on one day, as JSON, in a single round trip; it also opens the
-- wall, by setting app.audiences for this transaction. Runs as the owner of the tables, who may
-- read seats for this purpose alone (policy "standing"): it is asked before anything is visible.
-- What is ended at once does not hold on its last day; what an organisation holds that is stopped
-- does not hold at all. people_accounts below asks the same of everybody: change both.
CREATE OR REPLACE FUNCTION people_standing(the_account bigint, the_day date) RETURNS json
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    who people_person;
    result json;
    audiences bigint[];
BEGIN
    SELECT * INTO who FROM people_person WHERE account_id = the_account;
    WITH appointed AS (
        SELECT post_id, seat_id FROM people_appointment
        WHERE person_id = who.id
          AND coalesce(starts, the_day) <= the_day
          AND coalesce(ends - ended_at_once::int, the_day) >= the_day
    ), posts AS (
        SELECT p.id, p.title, p.organisation_id, p.support, o.name AS organisation,
               array(SELECT s.body_id FROM people_postsupport s WHERE s.post_id = p.id) AS bodies
        FROM appointed JOIN people_post p ON p.id = appointed.post_id
        JOIN people_organisation o ON o.id = p.organisation_id
        WHERE coalesce(p.ends, the_day) >= the_day
          AND coalesce(o.stopped_on, the_day + 1) > the_day
    ), seats AS (
        SELECT DISTINCT s.id, s.body_id, b.name AS body, s.role, s.holder_id, o.name AS organisation
        FROM people_seat s JOIN people_body b ON b.id = s.body_id
        LEFT JOIN people_organisation o ON o.id = s.holder_id
        WHERE NOT s.proposed
          AND coalesce(s.starts, the_day) <= the_day
          AND coalesce(s.ends - s.ended_at_once::int, the_day) >= the_day
          AND coalesce(o.stopped_on, the_day + 1) > the_day
          AND (s.id IN (SELECT seat_id FROM appointed)
               OR s.id IN (SELECT f.seat_id FROM people_seatpost f JOIN posts ON posts.id = f.post_id))
    ), organisations AS (
        SELECT organisation_id AS id FROM posts
        UNION SELECT holder_id FROM seats WHERE holder_id IS NOT NULL
    ), held AS (
        SELECT EXISTS (SELECT FROM posts) OR EXISTS (SELECT FROM seats) AS yes
    ), visible AS (
        -- What is one person's own stays theirs; to be listed by name opens nothing without a post.
        SELECT m.audience_id AS id FROM people_audiencemember m
        JOIN access_audience a ON a.id = m.audience_id
        WHERE (m.person_id = who.id AND (a.kind = 'personal' OR (SELECT held.yes FROM held)))
           OR m.post_id IN (SELECT id FROM posts)
           OR m.organisation_id IN (SELECT id FROM organisations)
           OR m.body_id IN (SELECT body_id FROM seats)
        UNION SELECT a.id FROM access_audience a
        WHERE a.kind = 'everyone' AND (SELECT held.yes FROM held)
    )
    SELECT coalesce((SELECT array_agg(id ORDER BY id) FROM visible), '{}'),
           json_build_object(
               'person', who.id, 'name', who.name,
               'partnership', (SELECT p.name FROM people_partnership p LIMIT 1),
               'posts', coalesce((SELECT json_agg(posts ORDER BY id) FROM posts), '[]'),
               'seats', coalesce((SELECT json_agg(seats ORDER BY id) FROM seats), '[]'),
               'organisations', coalesce((SELECT json_agg(id ORDER BY id) FROM organisations), '[]'),
               'audiences', coalesce((SELECT json_agg(id ORDER BY id) FROM visible), '[]'),
               'own', (SELECT min(m.audience_id) FROM people_audiencemember m
                       JOIN access_audience a ON a.id = m.audience_id AND a.kind = 'personal'
                       WHERE m.person_id = who.id),
               'everyone', (SELECT id FROM access_audience WHERE kind = 'everyone'))
    INTO audiences, result;
    PERFORM set_config('app.audiences', audiences::text, true);
    RETURN result;
END $$;


-- For every account: whose it is, their own audience, whether they hold anything on a day, and
-- whether they manage the partnership then. For what nobody in particular does: access that ends
-- with a date, and seeing to it that somebody can still let others in. Ids and truths alone.
CREATE FUNCTION people_accounts(the_day date)
RETURNS TABLE (account_id bigint, person_id bigint, own_id bigint, appointed boolean, manages boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH appointed AS (
        SELECT a.person_id, a.post_id, a.seat_id FROM people_appointment a
        WHERE coalesce(a.starts, the_day) <= the_day
          AND coalesce(a.ends - a.ended_at_once::int, the_day) >= the_day
    ), posts AS (
        SELECT appointed.person_id, p.id, p.support = 'manager' AND NOT EXISTS (
                   SELECT FROM people_postsupport s WHERE s.post_id = p.id) AS manages
        FROM appointed JOIN people_post p ON p.id = appointed.post_id
        JOIN people_organisation o ON o.id = p.organisation_id
        WHERE coalesce(p.ends, the_day) >= the_day
          AND coalesce(o.stopped_on, the_day + 1) > the_day
    ), seats AS (
        SELECT appointed.person_id
        FROM appointed JOIN people_seat s ON s.id = appointed.seat_id
        LEFT JOIN people_organisation o ON o.id = s.holder_id
        WHERE NOT s.proposed
          AND coalesce(s.starts, the_day) <= the_day
          AND coalesce(s.ends - s.ended_at_once::int, the_day) >= the_day
          AND coalesce(o.stopped_on, the_day + 1) > the_day
    )
    SELECT p.account_id, p.id,
           (SELECT min(m.audience_id) FROM people_audiencemember m
            JOIN access_audience a ON a.id = m.audience_id AND a.kind = 'personal'
            WHERE m.person_id = p.id),
           EXISTS (SELECT FROM posts WHERE posts.person_id = p.id)
               OR EXISTS (SELECT FROM seats WHERE seats.person_id = p.id),
           c.is_active AND EXISTS (
               SELECT FROM posts WHERE posts.person_id = p.id AND posts.manages)
    FROM people_person p JOIN access_account c ON c.id = p.account_id
$$;

-- Whom somebody without a post or seat may ask: the mailboxes of those who manage the partnership.
CREATE FUNCTION people_whom_to_ask() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(DISTINCT p.role_mailbox ORDER BY p.role_mailbox), '{}')
    FROM people_post p
    WHERE p.support = 'manager' AND p.role_mailbox <> '' AND coalesce(p.ends, 'infinity') > now()
$$;
