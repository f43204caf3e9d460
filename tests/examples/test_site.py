"""The example year: its data fits together, its sites answer as sites do, and its facts are the table's."""

import html
import json
import re
import sys
import urllib.error
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from monitor.briefing import parse_briefing
from monitor.briefing.membership import evidence_of
from monitor.files import load_yaml
from monitor.sources import parse_sources

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "vilnius-2024"
DAYS = [date(2024, 2, 20), date(2024, 6, 28), date(2025, 2, 28)]
TEN_YEARS = re.compile(
    r"ten[- ]years?|10 years|десять років|zehn Jahre|dix ans|decennale|diez años|dez anos|10年|ti år|tio år"
    r"|kymmenen|desmit|kümme|dziesięć|zece ani|deset|δέκα|dhjetë|tien jaar|i ti år",
    re.IGNORECASE,
)
# How the pages name the partners, in their own language and in Ukrainian.
NAMES = {
    "DK": "Дані|Danmark", "CA": "Канад|Canada", "IT": "Італі|Italia", "NL": "Нідерланд|Nederland",
    "FI": "Фінлянді|Suom", "LV": "Латві|Latvij", "ES": "Іспані|España", "BE": "Бельгі|Belgique",
    "PT": "Португал|Portugal", "SE": "Швец|Sweden|Sverige", "NO": "Норвегі|Norge", "IS": "Ісланді|Iceland",
    "JP": "Япон|Japan|日本", "US": "Сполучен|United States", "EU": "Європейськ|European Union",
    "LT": "Литв|Lithuania", "EE": "Естоні|Eesti", "PL": "Польщ|Polsk", "LU": "Люксембург|Luxembourg",
    "RO": "Румуні|Români", "CZ": "Чехі|Česk", "SI": "Словені|Sloveni", "IE": "Ірланді|Ireland",
    "HR": "Хорваті|Hrvatsk", "GR": "Греці|Ελλάδα", "AL": "Албані|Shqipëri",
}  # fmt: skip
IN_THE_EDITION = {"GB", "DE", "FR"}


@pytest.fixture(scope="module")
def example():
    """The modules of the example's web, and its year."""
    sys.path.insert(0, str(ROOT / "examples"))
    import server
    import year

    loaded = year.load_year(EXAMPLE)
    yield server, year, loaded
    sys.path.remove(str(ROOT / "examples"))


@pytest.fixture(scope="module")
def the_year(example):
    """The year as data."""
    return example[2]


@pytest.fixture(scope="module")
def web(example):
    """Its publishers, served from this machine."""
    server, year, loaded = example
    with server.Web(year.sites(loaded), DAYS[0]) as served:
        yield served


@pytest.fixture(scope="module")
def expected():
    """What a careful reader would say."""
    return load_yaml(EXAMPLE / "expected.yaml").data


@pytest.fixture(scope="module")
def evidence():
    """The phrases of the shipped briefing that tie a document to its series."""
    file = load_yaml(ROOT / "state/briefings/cbp-9837/briefing.yaml")
    text = (ROOT / "state/briefings/cbp-9837/text/2024-02-20.md").read_text(encoding="utf-8")
    return evidence_of(parse_briefing(file.data, file.line_of, "briefing.yaml", text).topic.series)


def _get(web, name, path, headers=None):
    request = urllib.request.Request(f"http://{web.addresses[name]}{path}", headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=5) as reply:  # noqa: S310 - a loopback address
            return reply.status, dict(reply.headers), reply.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


_LIST = {
    "feed": "/feed",
    "listing": "/news",
    "sitemap": "/sitemap-2024.xml",
    "api": "/api/search",
    "register": "/api/Treaty",
}


def _entries(kind, body):
    """How many entries a list has, by its own format; a malformed one fails here."""
    if kind == "listing":
        return len(re.findall(rb'class="(?:item_stat|teaser)"', body))
    if body.startswith(b"{"):
        data = json.loads(body)
        return len(data.get("items", data.get("documents", ())))
    names = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(body).iter()]  # noqa: S314 - ours
    return sum(name in ("item", "entry", "url") for name in names)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_publisher_lists_its_pages(the_year, web, day):
    """A list that does not render would look like a fault that nobody wrote."""
    web.today = day
    listed = {
        each.name: (reply[0], _entries(each.kind, reply[2]))
        for each in the_year.publishers.values()
        if each.kind in _LIST and not any(fault.covers(day) for fault in each.faults if fault.what == "wall")
        for reply in [_get(web, each.name, _LIST[each.kind])]
    }

    assert len(listed) == 38
    assert {name for name, (status, entries) in listed.items() if status != 200 or entries < 2} == set()


def test_every_page_says_that_it_is_an_example(the_year, web):
    """A page that is taken for a government's own words would be a forgery."""
    web.today = DAYS[-1]
    unmarked = []
    for article in the_year.articles:
        if article.by != "ua-mfa" and not article.sender and "notice" not in article.slug:
            status, _, body = _get(web, article.by, article.path)
            text = html.unescape(body.decode(the_year.publishers[article.by].charset))
            example = the_year.languages[article.lang].example
            main = re.search(r"<main>.*</main>|article_content.*?</div>|<table.*</table>", text, re.S)
            if status != 200 or text.count(example) != 2 or main is None or example in main[0]:
                unmarked.append(article.path)

    assert unmarked == []


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_a_conditional_request_is_answered_with_304(web, header):
    """Otherwise a quiet year would be read in full every day."""
    web.today = DAYS[1]
    asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]
    statuses = {}
    for name, path in (("ca-newsroom", "/feed"), ("pl-government", "/news"), ("nato", "/sitemap-2024.xml")):
        _, headers, _ = _get(web, name, path)
        statuses[name] = _get(web, name, path, {asked: headers[header]})[0]

    assert statuses == {"ca-newsroom": 304, "pl-government": 304, "nato": 304}


def test_a_new_item_ends_304(the_year, web):
    """The validators of yesterday must not hide what is new today."""
    web.today = the_year.instant(date(2024, 2, 23))
    _, headers, _ = _get(web, "ca-newsroom", "/feed")
    web.today = the_year.instant(date(2024, 2, 24))
    status, _, body = _get(web, "ca-newsroom", "/feed", {"If-None-Match": headers["ETag"]})

    assert status == 200
    assert b"security-agreement" in body


def test_the_same_instant_gives_the_same_bytes(example, web):
    """A demo that is killed and taken up again must meet the same web."""
    _, year, _ = example
    again = year.sites(year.load_year(EXAMPLE))
    web.today = DAYS[1]
    for name, path in (("eu-commission", "/api/search?page=2"), ("gr-primeminister", "/news")):
        assert again[name](path, web.now, web.filled)[2] == _get(web, name, path)[2]


# --- facts


def _official(the_year, partner):
    """Pages of governments that announce the signing with ``partner``, with their last words."""
    return [
        article
        for article in the_year.articles
        if article.says == "concluded" and partner in article.about and not article.by.startswith("press-")
    ]


def test_exactly_the_expected_agreements_are_announced(the_year, expected):
    """One more or one less, and the year no longer shows what it promises."""
    series = [row["partner"] for row in expected["agreements"]]
    others = [row["about"] for row in expected["other"]]
    announced = {name for each in the_year.articles if each.says == "concluded" for name in each.about}

    assert len(series) == 26
    assert announced == {*series, *others, *IN_THE_EDITION}


@pytest.mark.parametrize("partner", sorted(NAMES))
def test_an_official_page_gives_party_day_and_series(the_year, expected, evidence, partner):
    """Each of the 26 can be found by a careful reader of official pages alone."""
    row = next(row for row in expected["agreements"] if row["partner"] == partner)
    day = row["signed"]
    figures = re.compile(rf"(?<!\d){day.day}(?!\d)")
    pages = [
        version
        for article in _official(the_year, partner)
        for version in [article.versions[-1]]
        if figures.search(version.text) and re.search(NAMES[partner], version.title + version.text)
    ]

    assert pages
    assert any(evidence.is_in(page.text) for page in pages)


def test_a_length_stands_only_where_a_source_gives_it(the_year, expected):
    """Ten years for all would be an invention for seven of them."""
    said = {
        row["partner"]: any(
            TEN_YEARS.search(article.versions[-1].text) for article in _official(the_year, row["partner"])
        )
        for row in expected["agreements"]
    }

    assert {partner for partner, told in said.items() if not told} == {
        row["partner"] for row in expected["agreements"] if "length" not in row
    }


def test_what_lies_outside_the_series_is_not_tied_to_it(the_year, expected, evidence):
    """A friendship agreement that names the declaration would rightly be taken for one of the series."""
    pages = [each for row in expected["other"] for each in _official(the_year, row["about"])]

    assert len(pages) == 6
    assert [each.slug for each in pages if evidence.is_in(each.versions[-1].text)] == []


def test_official_pages_are_written_in_ten_languages_and_more(the_year):
    """Recognition must not lean on English."""
    written = {each.lang for each in the_year.articles if each.says == "concluded"}

    assert written >= {"en", "uk", "de", "fr", "it", "es", "pl", "ja", "no"}
    assert len(written) >= 20


def test_an_attached_text_can_be_read(web):
    """The agreement's own text is the best evidence there is."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    web.today = DAYS[-1]
    _, headers, body = _get(web, "no-government", "/files/avtale-norge-ukraina.pdf")
    text = pypdfium2.PdfDocument(body)[0].get_textpage().get_text_range()

    assert headers["Content-Type"] == "application/pdf"
    assert "Avtale om styrket sikkerhetspolitisk samarbeid mellom Norge og Ukraina" in text
    assert "gjelder i ti år fra undertegningen" in " ".join(text.split())


# --- what goes wrong


@pytest.mark.parametrize(
    ("name", "path", "day", "status"),
    [
        pytest.param("ua-mfa", "/feed", date(2024, 3, 1), 403, id="wall-all-year"),
        pytest.param("ua-president", "/news", date(2024, 5, 31), 403, id="wall-for-two-weeks"),
        pytest.param("ua-president", "/news", date(2024, 6, 12), 200, id="wall-is-gone"),
        pytest.param("cz-government", "/feed", date(2024, 7, 18), 503, id="down"),
        pytest.param("eu-commission", "/api/search?page=1", date(2024, 9, 9), 200, id="first-page-fine"),
        pytest.param("eu-commission", "/api/search?page=2", date(2024, 9, 9), 500, id="second-page-fails"),
    ],
)
def test_faults_come_and_go_by_date(web, name, path, day, status):
    """A fault on another day than the data says would make the expected digests wrong."""
    web.today = day

    assert _get(web, name, path)[0] == status


def test_a_redesign_leaves_no_row_in_the_old_markup(web):
    """The selector must match nothing, as it does after a real redesign."""
    web.today = date(2024, 9, 15)
    before = _get(web, "gr-primeminister", "/news")[2]
    web.today = date(2024, 9, 16)
    after = _get(web, "gr-primeminister", "/news")[2]

    assert (b"item_stat" in before, b"item_stat" in after) == (True, False)


def test_half_a_reply_breaks_off(web):
    """The announced length must not be reached."""
    web.today = date(2024, 11, 4)
    with pytest.raises(Exception, match="IncompleteRead"):
        _get(web, "fr-elysee", "/sitemap.xml")


def test_a_cited_page_goes_back_to_what_it_said(the_year):
    """A-B-A: the third version is the first again, and no news but a return."""
    page = next(each for each in the_year.articles if each.slug.startswith("uk-ukraine-agreement"))
    first, second, third = page.versions

    assert first.text == third.text != second.text


def test_three_hundred_items_come_on_one_day(web, the_year):
    """The one that matters must stand among them, not before or after."""
    web.today = the_year.instant(date(2024, 6, 27))
    reply = json.loads(_get(web, "eu-commission", "/api/search?size=1000")[2])
    that_day = [each["refCode"] for each in reply["documents"] if each["eventDate"] == "2024-06-27"]

    assert len(that_day) == 301
    assert 50 < that_day.index("ip-joint-security-commitments") < 250


def test_nothing_runs_in_the_week_of_downtime(the_year):
    """What was published meanwhile has to be caught up."""
    first, last = the_year.downtime
    days = [step.date() for step in the_year.steps]

    assert not [day for day in days if first <= day <= last]
    assert last + timedelta(days=1) in days
    assert len(days) <= 100


def test_a_day_of_the_run_follows_what_is_published(the_year):
    """What a digest of a day is expected to say must have been published before that day's run."""
    steps = {step.date() for step in the_year.steps}
    expected = load_yaml(EXAMPLE / "expected.yaml").data["days"]

    assert [row["day"] for row in expected if row["day"] not in steps] == []


def test_mails_come_on_their_day(example):
    """The forged one has another sender, which is all that tells it apart."""
    _, year, loaded = example
    early = year.mails(loaded, datetime(2024, 6, 9, tzinfo=UTC))
    late = year.mails(loaded, datetime(2024, 6, 14, tzinfo=UTC))

    assert {name[:10] for name in late.keys() - early.keys()} == {"2024-06-10", "2024-06-13"}
    assert b"releases@state-releases.example" in late["2024-06-10-urgent-release.eml"]


def test_the_sources_file_names_every_publisher(example, the_year, web):
    """A publisher that nobody polls is a page that nobody reads."""
    _, year, _ = example
    text = web.filled((EXAMPLE / "sources.yaml").read_text(encoding="utf-8"))
    for deed in (deed for deed in the_year.deeds if deed["do"] == "edit"):
        text = year.mended(text, deed)
    missing = [name for name, address in web.addresses.items() if f"http://{address}/" not in text]

    assert missing == []
    assert re.findall(r"\{host:[a-z-]+\}", text) == []


def test_the_sources_file_is_valid(web, tmp_path):
    """The workspace of the demo starts only if every entry is right."""
    path = tmp_path / "sources.yaml"
    path.write_text(web.filled((EXAMPLE / "sources.yaml").read_text(encoding="utf-8")), encoding="utf-8")
    file = load_yaml(path)
    sources = parse_sources(file.data, file.line_of, "sources.yaml")

    assert {source.kind.value for source in sources} == {
        "feed",
        "api",
        "register",
        "sitemap",
        "listing",
        "page",
        "inbox",
    }
