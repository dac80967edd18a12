-- What one account may act as on one day, as JSON, in a single round trip; it also opens the
-- wall, by setting app.audiences for this transaction. Runs as the owner of the tables, who may
-- read seats for this purpose alone (policy "standing"): it is asked before anything is visible.
CREATE FUNCTION people_standing(the_account bigint, the_day date) RETURNS json
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
          AND coalesce(starts, the_day) <= the_day AND coalesce(ends, the_day) >= the_day
    ), posts AS (
        SELECT p.id, p.title, p.organisation_id, p.support, o.name AS organisation,
               array(SELECT s.body_id FROM people_postsupport s WHERE s.post_id = p.id) AS bodies
        FROM appointed JOIN people_post p ON p.id = appointed.post_id
        JOIN people_organisation o ON o.id = p.organisation_id
        WHERE coalesce(p.ends, the_day) >= the_day
    ), seats AS (
        SELECT DISTINCT s.id, s.body_id, b.name AS body, s.role, s.holder_id, o.name AS organisation
        FROM people_seat s JOIN people_body b ON b.id = s.body_id
        LEFT JOIN people_organisation o ON o.id = s.holder_id
        WHERE NOT s.proposed
          AND coalesce(s.starts, the_day) <= the_day AND coalesce(s.ends, the_day) >= the_day
          AND (s.id IN (SELECT seat_id FROM appointed)
               OR s.id IN (SELECT f.seat_id FROM people_seatpost f JOIN posts ON posts.id = f.post_id))
    ), organisations AS (
        SELECT organisation_id AS id FROM posts
        UNION SELECT holder_id FROM seats WHERE holder_id IS NOT NULL
    ), visible AS (
        SELECT m.audience_id AS id FROM people_audiencemember m
        WHERE m.person_id = who.id
           OR m.post_id IN (SELECT id FROM posts)
           OR m.organisation_id IN (SELECT id FROM organisations)
           OR m.body_id IN (SELECT body_id FROM seats)
        UNION SELECT a.id FROM access_audience a
        WHERE a.kind = 'everyone' AND EXISTS (SELECT FROM appointed)
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

CREATE POLICY standing ON people_seat FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY standing ON people_person FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY standing ON people_post FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY standing ON people_organisation FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY standing ON people_partnership FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY standing ON people_body FOR SELECT TO CURRENT_USER USING (true);
