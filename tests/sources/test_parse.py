"""sources.yaml is edited by researchers: every fault is named at once, in words that help."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ConfigError, NotFoundError
from monitor.model import DateOrder, Expectation, Paging, PagingIn, Reach, SourceKind
from monitor.sources import parse_sources, schema


def test_a_short_entry_has_sensible_defaults(parse, feed):
    """A researcher who adds a feed writes seven lines, not thirty."""
    source = parse(feed()).get("ruritania-mfa")

    assert source.kind is SourceKind.FEED
    assert (source.every_s, source.reach, source.enabled, source.method) == (3600, Reach.OPEN, True, "GET")
    assert source.official
    assert source.follow
    assert source.expect == Expectation(min_items=1, max_drop=0.3)
    assert source.verified is None


def test_every_key_reaches_the_model(parse, register):
    """A key that is read and then lost would be a setting that silently does not hold."""
    source = parse(
        register(
            every="6h",
            reach="depends",
            enabled=False,
            timezone="Europe/Kyiv",
            method="POST",
            body={"page": {"from": 1}},
            headers={"User-Agent": "OpenData"},
            allow_http=True,
            ca_file="ca.pem",
            verified="2031-02-16",
            citations=["cbp-1/press-release"],
            quote_words=40,
            expect={"min_items": 300, "max_drop": 0, "requires": ["treaty"]},
            fields={"title": "name", "id": "id", "signed": "signedDate"},
            date_order="dmy",
            paging={"offset": "page.from", "size": 50, "total": "n", "place": "body", "first": 1, "pages": 3},
            note="Example.",
        )
    ).get("ruritania-treaties")

    assert (source.every_s, source.reach, source.enabled) == (21600, Reach.DEPENDS, False)
    assert (source.timezone, source.method, source.body) == ("Europe/Kyiv", "POST", '{"page": {"from": 1}}')
    assert source.headers == (("User-Agent", "OpenData"),)
    assert (source.allow_http, source.ca_file, source.verified) == (True, "ca.pem", date(2031, 2, 16))
    assert (source.citations, source.quote_words) == (("cbp-1/press-release",), 40)
    assert source.expect == Expectation(300, 0, ("treaty",))
    assert source.fields == (("id", "id"), ("title", "name"), ("signed", "signedDate"))
    assert (source.rows, source.date_order, source.note) == ("items[].value", DateOrder.DMY, "Example.")
    assert source.paging == Paging("page.from", 50, "n", "", PagingIn.BODY, 1, 3)


def test_norway_is_a_country(parse_text):
    """YAML 1.1 reads NO as false; a source that speaks for Norway must stay one."""
    sources = parse_text(
        "sources: [{id: n, kind: feed, publisher: P, url: 'https://n.example/',"
        " voice: NO, lang: no, licence: x}]"
    )

    assert (sources.get("n").voice, sources.get("n").lang) == ("NO", "no")


def test_all_faults_are_found_at_once_each_on_its_line(parse_text):
    """A file with three faults costs one correction, not three."""
    with pytest.raises(ConfigError) as caught:
        parse_text(
            """\
sources:
  - id: ruritania-mfa
    kind: feed
    publishr: Ministry
    url: http://mfa.example/
    lang: ua
    voice: UK
    licence: CC0
  - id: borduria
    kind: register
    publisher: Parliament
    url: https://treaties.example/
    lang: en
    voice: XB
    licence: CC0
    rows: items[
    fields:
      id: id
      titel: name
"""
        )

    assert [(problem.line, problem.where) for problem in caught.value.problems] == [
        (2, "ruritania-mfa: publisher"),
        (4, "ruritania-mfa: publishr"),
        (5, "ruritania-mfa: url"),
        (6, "ruritania-mfa: lang"),
        (7, "ruritania-mfa: voice"),
        (16, "borduria: rows"),
        (17, "borduria: fields.title"),
        (19, "borduria: fields.titel"),
    ]
    assert "sources.yaml:4: ruritania-mfa: publishr: unknown key; did you mean `publisher`?" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        pytest.param("id", "Ruritania MFA", "lower-case", id="id-with-space"),
        pytest.param("id", 2031, "must be text", id="id-that-is-a-number"),
        pytest.param("publisher", "  ", "must not be empty", id="blank-publisher"),
        pytest.param("url", "ftp://mfa.example/", "must be an https:// address", id="ftp"),
        pytest.param("url", "https:///news", "must be an https:// address", id="no-host"),
        pytest.param("url", "http://mfa.example/", "allow_http", id="plain-http"),
        pytest.param("url", "https://mfa.example/a b", "percent-encoded", id="space-in-address"),
        pytest.param("url", "https://mfa.example/#news", "fragment", id="fragment"),
        pytest.param("url", "https://mfa.example:port/", "malformed", id="port-that-is-none"),
        pytest.param("lang", "ua", "did you mean the language `uk`?", id="country-for-language"),
        pytest.param("lang", "english", "did you mean `en`?", id="language-by-name"),
        pytest.param("lang", "qq", "there is no language", id="unknown-language"),
        pytest.param("voice", "UK", "did you mean `GB`?", id="uk-is-not-iso"),
        pytest.param("voice", "Ruritania", "not a party code", id="voice-by-name"),
        pytest.param("voice", None, "speaks for a party", id="official-without-voice"),
        pytest.param("official", "yes", "must be true or false", id="yes-is-not-true"),
        pytest.param("licence", None, "on what terms", id="official-without-licence"),
        pytest.param("quote_words", 0, "must be 1 or more", id="no-words"),
        pytest.param("reach", "waled", "did you mean `walled`?", id="misspelt-reach"),
        pytest.param("every", "90", "30m, 6h or 1d", id="interval-without-unit"),
        pytest.param("every", 3600, "30m, 6h or 1d", id="interval-in-seconds"),
        pytest.param("timezone", "Europe/Kief", "no time zone", id="unknown-zone"),
        pytest.param("method", "PUT", "must be GET or POST", id="method"),
        pytest.param("verified", "March 2031", "must be a day", id="month-only"),
        pytest.param("verified", 2031, "must be a day", id="year-only"),
        pytest.param("citations", ["31"], "a slash and a citation's id", id="footnote-number"),
        pytest.param(
            "citations", ["cbp-1/31"], "a slash and a citation's id", id="footnote-number-in-a-briefing"
        ),
        pytest.param("main", "div[", "not a CSS selector", id="broken-selector"),
        pytest.param("main", "a" * 501, "longer than 500", id="endless-selector"),
        pytest.param("expect", {"max_drop": 1.5}, "must be 1 or less", id="drop-above-all"),
        pytest.param("expect", {"min_item": 3}, "did you mean `min_items`?", id="misspelt-within-a-mapping"),
        pytest.param("expect", [3], "must be a mapping of keys", id="list-for-a-mapping"),
        pytest.param("body", {"q": "*"}, "must be POST", id="body-with-get"),
        pytest.param("rows", "items", "belongs to entries of kind register", id="key-of-another-kind"),
        pytest.param("kind", "feeds", "did you mean `feed`?", id="misspelt-kind"),
        pytest.param("kind", None, "how the source is read", id="no-kind"),
        pytest.param("allow_htp", True, "did you mean `allow_http`?", id="misspelt-key"),
    ],
)
def test_one_fault_is_one_clear_message(feed, faults, key, value, message):
    """The message says what is wrong and what to write instead."""
    found = faults(feed(**{key: value}))

    assert len(found) == 1, found
    assert message in found[0][1]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param({"fields": {"id": "id"}}, "the instrument's title", id="no-title"),
        pytest.param({"fields": {"id": "id", "title": "nme("}}, "not a JMESPath", id="broken-expression"),
        pytest.param(
            {"fields": {"id": "id", "title": "upper(name)"}}, "no function upper()", id="no-function"
        ),
        pytest.param({"rows": None}, "is missing: JMESPath of the rows", id="no-rows"),
        pytest.param({"date_order": "ymd"}, "must be iso, dmy or mdy", id="date-order"),
        pytest.param({"follow": True}, "belongs to entries of kind feed", id="key-of-feeds"),
        pytest.param({"paging": {"offset": "s", "size": 0, "total": "n"}}, "1 or more", id="no-rows-a-page"),
        pytest.param(
            {"paging": {"offset": "s", "size": 5, "total": "n", "place": "body"}},
            "`body` must be a JSON object",
            id="paging-in-a-body-that-is-missing",
        ),
        pytest.param(
            {
                "method": "POST",
                "body": '{"page": {}}',
                "paging": {"offset": "page.from", "size": 5, "total": "n", "place": "body"},
            },
            "the body has no 'page.from'",
            id="paging-by-a-key-that-is-missing",
        ),
        pytest.param({"method": "POST"}, "POST sends JSON", id="post-without-body"),
        pytest.param({"method": "POST", "body": "q=*"}, "must be JSON", id="body-that-is-a-form"),
    ],
)
def test_registers_are_checked_too(register, faults, keys, message):
    """What the first poll would trip over is found when the file is read."""
    found = faults(register(**keys))

    assert len(found) == 1, found
    assert message in found[0][1]


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"headers": {"Authorization": "Bearer s3cret"}}, id="authorization"),
        pytest.param({"headers": {"cookie": "SESSION=s3cret"}}, id="cookie"),
        pytest.param({"headers": {"X-Api-Key": "s3cret"}}, id="api-key"),
        pytest.param({"headers": {"X-Auth-Token": "s3cret"}}, id="token-header"),
        pytest.param({"url": "https://user:s3cret@mfa.example/"}, id="userinfo"),
        pytest.param({"url": "https://s3cret@mfa.example/"}, id="user"),
        pytest.param({"url": "https://mfa.example/?lang=en&api_key=s3cret"}, id="query"),
        pytest.param({"url": "https://mfa.example/?acc%65ss_token=s3cret"}, id="query-in-disguise"),
        pytest.param({"method": "POST", "body": {"login": {"password": "s3cret"}}}, id="body"),
    ],
)
def test_secrets_are_refused_and_not_repeated(feed, faults, keys):
    """The file is shared and backed up; a message about a secret must not print it either."""
    found = faults(feed(**keys))

    assert len(found) == 1, found
    assert "secrets never stand in this file" in found[0][1]
    assert "s3cret" not in str(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("If-None-Match", '"1"', id="validator"),
        pytest.param("Host", "other.example", id="host"),
        pytest.param("X Header", "1", id="space-in-name"),
        pytest.param("X-Header", "a\r\nEvil: 1", id="line-break-in-value"),
        pytest.param("X-Header", "Grüße", id="beyond-ascii"),
    ],
)
def test_headers_that_would_break_a_request_are_refused(feed, faults, name, value):
    """Validators are echoed by the monitor, and a line break would add a header of one's own."""
    assert [where for where, _ in faults(feed(headers={name: value}))] == [f"ruritania-mfa: headers.{name}"]


def test_press_has_no_voice_and_needs_no_licence(feed, faults):
    """Press is a lead, never a party's word."""
    assert faults(feed(official=False, voice=None, licence=None)) == []
    assert [where for where, _ in faults(feed(official=False))] == ["ruritania-mfa: voice"]


@pytest.mark.parametrize("reach", ["walled", "manual"])
def test_a_wall_needs_a_note(feed, faults, reach):
    """Somebody has to look by hand, and the note says where."""
    assert [where for where, _ in faults(feed(reach=reach))] == ["ruritania-mfa: note"]
    assert faults(feed(reach=reach, note="Look at https://mfa.example/news")) == []


def test_plain_http_is_allowed_where_it_is_asked_for(feed, faults):
    """One government publishes without https; the entry says so and reports mark it."""
    assert faults(feed(url="http://mfa.example/feed", allow_http=True)) == []


def test_two_entries_share_neither_id_nor_address(feed, faults):
    """One history would belong to two sources, or one site would be asked twice."""
    found = faults(feed(), feed(url="https://mfa.example/other"), feed(id="other"))

    assert [where for where, _ in found] == ["ruritania-mfa: id", "other: url"]


def test_a_disabled_twin_may_keep_the_address(feed, faults):
    """A researcher switches an entry off while trying another form of it."""
    assert faults(feed(), feed(id="other", enabled=False)) == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"sources": {"a": {}}}, id="mapping-for-a-list"),
        pytest.param({"sources": ["a"]}, id="text-for-an-entry"),
        pytest.param({"sources": [None]}, id="empty-entry"),
        pytest.param({"source": []}, id="misspelt-top"),
    ],
)
def test_a_file_of_another_shape_is_said_to_be_one(data):
    """A list item that is no mapping must not end in a traceback."""
    with pytest.raises(ConfigError):
        parse_sources(data, lambda *keys: None, "sources.yaml")


def test_an_empty_file_has_no_sources(parse):
    """A new workspace may begin with nothing."""
    assert len(parse()) == 0


def test_an_unknown_id_names_its_neighbours(parse, feed):
    """`monitor sources show ruritania-mfs` should not end in a search of the file."""
    with pytest.raises(NotFoundError, match="did you mean `ruritania-mfa`"):
        parse(feed(), feed(id="borduria", url="https://b.example/")).get("ruritania-mfs")


def test_sources_keep_the_order_of_the_file(parse, feed):
    """Lists and digests follow the order that a person chose."""
    sources = parse(feed(), feed(id="aa", url="https://a.example/"))

    assert [source.id for source in sources] == ["ruritania-mfa", "aa"]


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=6) | st.sampled_from(["id", "offset"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_KEYS = sorted({key for part in schema()["$defs"].values() for key in part.get("properties", {})})


def _problems(*entries) -> tuple:
    try:
        parse_sources({"sources": list(entries)}, lambda *keys: None, "sources.yaml")
    except ConfigError as error:
        return error.problems
    return ()


@settings(max_examples=100, deadline=None)
@given(st.lists(_VALUES | st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=8), max_size=3))
def test_whatever_the_file_holds_the_answer_is_a_list_of_faults(entries):
    """A value of an unexpected type must not end in a traceback."""
    assert bool(_problems(*entries)) is bool(entries)


@settings(max_examples=300, deadline=None)
@given(key=st.sampled_from(_KEYS), value=_VALUES)
def test_one_odd_value_in_a_good_entry_is_a_fault_of_that_key(key, value):
    """A fault is named where it is; what is sound is not blamed."""
    good = {"id": "a", "kind": "feed", "publisher": "P", "lang": "en", "voice": "XR", "licence": "CC0"}
    blamed = {
        problem.where.split(": ")[-1].split(".")[0]
        for problem in _problems(good | {"url": "https://a.example/"} | {key: value})
    }
    related = {"official": "voice", "method": "body", "body": "method", "reach": "note"}

    assert blamed <= {key, related.get(key, key)}
