"""Row-level security: one policy text for every table that can hold something restricted."""

from django.db import migrations

POLICY = "audience_id = ANY ((SELECT nullif(current_setting('app.audiences', true), ''))::bigint[])"


class Protect(migrations.RunSQL):
    """Put a table under forced row-level security: even its owner sees only listed audiences."""

    def __init__(self, *tables: str) -> None:
        super().__init__(
            sql=[
                statement
                for table in tables
                for statement in (
                    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                    f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                    f"CREATE POLICY audience ON {table} USING ({POLICY}) WITH CHECK ({POLICY})",
                )
            ],
            reverse_sql=[
                statement
                for table in tables
                for statement in (
                    f"DROP POLICY audience ON {table}",
                    f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                    f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
                )
            ],
        )
        self.tables = tables

    def deconstruct(self) -> tuple[str, list[str], dict[str, object]]:
        return (type(self).__name__, list(self.tables), {})


FRAMEWORK = "the framework's own; holds nothing of a partnership's business"
SIGN_IN = "read to sign somebody in, before it is known who they are"
STANDING = "read to find out what the actor may see, before that is known; ids and dates only"
TRAIL = "pseudonyms, verbs and references, no names and no text; its page asks the policy"
WORK = "identifiers of work to do; each task asks again as the person who asked for it"

# Every other table must be protected: tests/test_protection.py compares the two with the database.
UNPROTECTED: dict[str, str] = {
    "access_account": SIGN_IN,
    "access_audience": STANDING,
    "access_directory": SIGN_IN,
    "access_directoryidentity": SIGN_IN,
    "access_remembereddevice": SIGN_IN,
    "access_session": SIGN_IN,
    "access_tries": "counters of what was tried, under hashed names",
    "account_emailaddress": SIGN_IN,
    "account_emailconfirmation": SIGN_IN,
    "attending_feed": "hashes of tokens and names of devices; read before it is known whose",
    "audit_anchor": TRAIL,
    "audit_keeper": "keys of two posts, which everyone may see; its page asks the policy",
    "audit_line": TRAIL,
    "audit_seal": TRAIL,
    "audit_sealedline": TRAIL,
    "auth_group": FRAMEWORK,
    "auth_group_permissions": FRAMEWORK,
    "auth_permission": FRAMEWORK,
    "concerted_cache": "what the framework keeps for a while; no partnership's business",
    "django_content_type": FRAMEWORK,
    "django_migrations": FRAMEWORK,
    "editions_outgoing": WORK,
    "editions_published": "what stands in the public edition, word for word: public already",
    "notices_event": WORK,
    "notices_mail": "addresses and constant words alone; sent by a task that is nobody",
    "notices_onetimelink": "hashes, days and references; used before it is known by whom",
    "erasure_entry": "numbers and digests of lines of the ledger of erasures, read at every start",
    "interests_kind": "kinds of interest that are registered; everybody may read them",
    "interests_rule": "the partnership’s own periods; everybody may read them",
    "mfa_authenticator": SIGN_IN,
    "notifying_notice": "keys of things that an account is to hear of; asked again as them",
    "notifying_preference": "what mail an account wants; changed by a link from one of its mails",
    "people_appointment": STANDING,
    "people_audiencemember": STANDING,
    "people_postsupport": STANDING,
    "people_recovery": "who asked to be let in again: ids and days, before it is known who asks",
    "people_seatpost": STANDING,
    "procrastinate_events": WORK,
    "procrastinate_jobs": WORK,
    "procrastinate_periodic_defers": WORK,
    "procrastinate_workers": WORK,
    "restrictions_ground": "the reasons the law and the partnership know; everybody may read them",
    "search_circle": "numbers of audiences; no partnership’s business",
    "subject_access_handlers": "the number of one audience; no partnership’s business",
}

# Tables of the public edition's database: the members' has none of them, and theirs are not there.
ELSEWHERE: dict[str, str] = {
    "public_door_file": "bytes of files that were released",
    "public_door_page": "pages of what was released, as the public reads them",
    "public_door_thing": "what was released, in the words approved for the public",
}
