"""Which archives are wanted, what the publisher is asked, and where it may lead to."""

import datetime
import ipaddress
import json
import subprocess
import sys

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from concerted.crime.lake.months import Period, later, month_of, words_of
from concerted.crime.lake.patience import NotNow
from concerted.crime.lake.published import archives_for, first_in, told_in
from concerted.crime.lake.publisher import NotThere, Publisher, _certificates, wanted
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.served import archive_bytes, busy, serving, to
from concerted.kernel import clock

LATEST = month_of("2025-11")
MD5, OTHER = "0123456789abcdef" * 2, "fedcba9876543210" * 2


def archives(first: str, last: str, latest=LATEST) -> list[str]:
    return [words_of(one) for one in archives_for(Period(month_of(first), month_of(last)), latest)]


def ask(publisher, path="/data/archive/2025-11.zip"):
    with publisher.opened(path, "archive of 2025-11") as answer:
        return answer.read()


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2023-01", "2025-11", ["2025-11"]),
        ("2022-12", "2025-11", ["2025-11"]),
        ("2022-11", "2025-11", ["2025-11", "2022-11"]),
        # The freshest that holds all of it, though that of the month would do.
        ("2023-01", "2023-06", ["2025-11"]),
        ("2020-01", "2020-12", ["2022-12"]),
        ("2018-01", "2023-06", ["2023-12", "2020-12"]),
        # Before May 2017 an archive holds all that came before.
        ("2010-12", "2017-04", ["2017-04"]),
        ("2010-12", "2012-06", ["2017-04"]),
        ("2010-12", "2025-11", ["2025-11", "2022-11", "2019-11", "2016-11"]),
    ],
)
def test_the_fewest_archives_are_taken_and_of_those_the_freshest(first, last, said):
    assert archives(first, last) == said


months = st.integers(0, 180).map(lambda by: later(month_of("2010-12"), by))


@given(st.lists(months, min_size=3, max_size=3).map(sorted))
def test_archives_hold_each_month_of_the_period_once_and_none_could_be_spared(three):
    first, last, latest = three
    latest = max(latest, month_of("2013-12"))

    found = archives_for(Period(first, last), latest)

    held = [month for one in found for month in Period(first_in(one), one).months]
    assert len(held) == len(set(held))
    assert set(Period(first, last).months) <= set(held)
    assert all(month_of("2013-12") <= one <= latest for one in found)
    assert len(found) == 1 or len(found) <= (len(Period(first, last).months) + 35) // 36


def test_months_that_are_not_published_are_refused():
    with pytest.raises(Refused, match="latest month published is 2025-11, and 2025-12"):
        archives("2025-01", "2025-12")
    with pytest.raises(Refused, match="no data from before 2010-12"):
        archives("2010-11", "2025-11")


def test_the_checksum_of_an_archive_is_the_one_below_its_name():
    told = told_in(f"<a>latest.zip</a> {OTHER} 2025-11.zip 2025-11.zip <p>\n {MD5.upper()} \n")

    assert told.checksums == {LATEST: MD5}
    assert told.months == {LATEST}


@pytest.mark.parametrize("sums", ["", f"{MD5}-104", f"{MD5}{MD5}", f"{MD5} {OTHER}"])
def test_what_is_no_single_md5_is_no_checksum(sums):
    told = told_in(f"2025-11.zip {sums} 2025-10.zip {MD5}")

    assert told.months == {LATEST, month_of("2025-10")}
    assert told.checksums == {month_of("2025-10"): MD5}


def test_the_latest_month_is_that_of_the_newest_archive(publisher, site):
    site.publish("2025-10", archive_bytes("2025-10"))

    found = wanted(publisher, ["marlshire"], month_of("2025-01"))

    assert found.period == Period(month_of("2025-01"), LATEST)
    assert found.archives == (LATEST,)
    assert found.checksums[LATEST] == site.checksums["2025-11"]


def test_without_a_list_of_archives_the_months_that_have_data_say_the_latest(publisher, site):
    dates = [{"date": "2025-09", "stop-and-search": []}, {"date": "2025-10"}, {"date": "soon"}]
    site.pages = {"/api/crimes-street-dates": json.dumps(dates).encode()}

    found = wanted(publisher, ["anywhere"], month_of("2025-01"))

    assert found.period.last == month_of("2025-10")
    assert found.checksums == {}


@pytest.mark.parametrize("page", [b"<html>", b"{}", b"[1, null]", b'[{"date": null}]'])
def test_a_publisher_that_does_not_say_its_latest_month_is_asked_with_one(publisher, site, page):
    site.pages = {"/api/crimes-street-dates": page}

    with pytest.raises(Refused, match="does not say which month is its latest"):
        wanted(publisher, ["marlshire"], month_of("2025-01"))
    found = wanted(publisher, ["marlshire"], month_of("2025-01"), month_of("2025-06"))
    assert found.archives == (month_of("2025-06"),)


def test_a_force_that_nobody_knows_is_said_before_anything_is_fetched(publisher, site):
    with pytest.raises(Refused, match=r"no force called clevland\. It has: btp, marlshire and wyl"):
        wanted(publisher, ["clevland", "btp"], month_of("2025-01"))
    assert site.from_store() == []


def test_a_page_is_asked_for_again_while_it_is_busy(publisher, site, waits):
    site.leads_to = ""
    site.faults = [busy(500), busy(503), busy(429, Retry_After="7")]

    assert publisher._page("/data/archive/2025-11.zip") == site.archives["2025-11"]
    assert waits == [1, 2, 7]


def test_a_page_that_cannot_be_unpacked_is_a_sentence(publisher, site):
    site.leads_to = ""
    site.faults = [
        lambda answer, _: answer.say(200, b"not packed at all", Content_Encoding="gzip")
    ] * 6

    with pytest.raises(Refused, match="tried 6 times"):
        publisher._page("/data/archive/2025-11.zip")


def test_a_page_without_an_end_is_not_read(publisher, site, monkeypatch):
    monkeypatch.setattr("concerted.crime.lake.publisher.LONGEST_PAGE", 10)

    with pytest.raises(Refused, match="does not end"):
        publisher.told()


def test_a_moment_to_try_again_is_understood(publisher, site):
    site.faults = [busy(429, Retry_After="Mon, 01 Dec 2025 12:00:30 GMT")]

    with (
        clock.as_of(datetime.datetime(2025, 12, 1, 12, tzinfo=datetime.UTC)),
        pytest.raises(NotNow) as trouble,
    ):
        ask(publisher)
    assert trouble.value.after == 30


@pytest.mark.parametrize("said", ["soon", "-3", "1.5", ""])
def test_a_moment_that_cannot_be_read_is_none(publisher, site, said):
    site.faults = [busy(503, Retry_After=said)]

    with pytest.raises(NotNow) as trouble:
        ask(publisher)
    assert trouble.value.after is None


def test_it_may_lead_to_its_store(site, waits):
    with serving() as store:
        store.leads_to = ""
        store.archives = site.archives
        site.leads_to = f"{store.address}/archive/"
        with Publisher(site.address, [store.address], wait=waits.append) as publisher:
            assert ask(publisher) == site.archives["2025-11"]


def test_it_may_lead_nowhere_else(publisher, site):
    with serving() as elsewhere:
        site.leads_to = f"{elsewhere.address}/archive/"
        with pytest.raises(Refused, match=rf"leads to {elsewhere.address}, which is not among"):
            ask(publisher)
        assert elsewhere.asked == []


@pytest.mark.parametrize("address", ["http://data.police.uk/x.zip", "ftp://data.police.uk/x.zip"])
def test_it_may_not_lead_away_from_https(address):
    with (
        Publisher() as publisher,
        pytest.raises(Refused, match="not among the places"),
    ):
        publisher._refuse_elsewhere(publisher._address.join(address))


def test_an_address_that_leads_to_itself_is_left(publisher, site):
    site.faults = [to("/store/2025-11.zip")] * 9

    with pytest.raises(Refused, match="leads on and on"):
        ask(publisher)
    assert len(site.asked) == 5


@pytest.mark.parametrize("status", [403, 404, 410])
def test_what_is_not_there_is_said_with_its_name(publisher, site, status):
    site.faults = [busy(status)]

    with pytest.raises(NotThere, match=rf"not have the archive of 2025-11, .* answered {status}"):
        ask(publisher)


def test_any_other_answer_is_refused(publisher, site):
    site.faults = [busy(401)]

    with pytest.raises(Refused, match="answered 401"):
        ask(publisher)


@pytest.mark.parametrize(
    "address", ["", "data.police.uk", "http://data.police.uk", "file:///etc", "https://", "ftp://a"]
)
def test_what_is_no_address_over_https_is_refused(address):
    with pytest.raises(Refused, match=r"https://"):
        Publisher(address)
    with pytest.raises(Refused, match=r"https://"):
        Publisher(stores=[address])


def test_a_copy_may_lie_below_a_path(site, waits):
    site.pages["/copy/data/archive/"] = site.pages["/data/archive/"]

    with Publisher(f"{site.address}/copy/", (), wait=waits.append) as publisher:
        assert publisher.told().months == {LATEST}


@pytest.fixture(scope="module")
def certified(tmp_path_factory):
    """A key and a certificate that its owner signed, for 127.0.0.1, in one file."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    day = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(day - datetime.timedelta(days=1))
        .not_valid_after(day + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    return path


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(certified, waits):
    with (
        serving("2025-11", certified=certified) as site,
        Publisher(site.address, (), wait=waits.append) as publisher,
        pytest.raises(Refused, match=r"not trusted\..*SSL_CERT_FILE"),
    ):
        publisher.told()
    assert (site.asked, waits) == ([], [])


def test_a_certificate_that_the_environment_vouches_for_is_trusted(certified, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certified))
    _certificates.cache_clear()
    try:
        with (
            serving("2025-11", certified=certified) as site,
            Publisher(site.address, ()) as publisher,
        ):
            assert publisher.told().months == {LATEST}
            site.leads_to = f"{site.address.replace('https', 'http')}/store/"
            with pytest.raises(Refused, match="leads to http://127"):
                ask(publisher)
    finally:
        _certificates.cache_clear()


def test_nobody_there_is_a_sentence(waits):
    with serving() as gone:
        address = gone.address
    with (
        Publisher(address, (), wait=waits.append) as publisher,
        pytest.raises(Refused, match=r"connection to 127\.0\.0\.1 broke .* tried 6 times"),
    ):
        publisher.told()
    assert waits == [1, 2, 4, 8, 16]


def test_no_other_command_loads_what_fetches():
    loaded = "import sys, concerted.cli.crime; sys.exit('httpx' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
