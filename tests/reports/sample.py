"""An invented week of Ruritania's agreements, of any size, to write digests of.

Countries, sentences and addresses are made up for these tests; codes are from ISO 3166's range for
private use, so that nothing here can be mistaken for a treaty fact.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.model import (
    Aged,
    Agreement,
    Audience,
    Change,
    ChangeKind,
    Claimed,
    Conflict,
    Count,
    CountOf,
    Coverage,
    Dependency,
    DependsOn,
    Document,
    Edition,
    Entry,
    Fault,
    Finding,
    First,
    Gap,
    How,
    Kind,
    LookedAt,
    PartialDate,
    PartyCode,
    Passage,
    PassageKind,
    Question,
    Scope,
    Section,
    Series,
    Source,
    SourceKind,
    SourceRead,
    Stage,
    StageReached,
    Statement,
    Topic,
    Trouble,
    Unit,
    Word,
    change_id,
    sides_of,
)
from monitor.model import Basis as On
from monitor.reports import Masthead, Material, Occasion

LONDON = ZoneInfo("Europe/London")
RURITANIA = PartyCode("QR")
NAMES = {
    "QR": "Ruritania",
    "QS": "Borduria",
    "QT": "Syldavia",
    "QU": "Freedonia",
    "QV": "Zubrowka",
    "QW": "Genovia",
    "QX": "San Theodoros",
    "QY": "United Republic of Nowhere",
    "EU": "European Union",
}
LANGUAGES = {"uk": "Ukrainian", "de": "German", "ja": "Japanese", "ar": "Arabic", "en": "English"}
AS_OF = date(2031, 2, 1)
UNTIL = datetime(2031, 2, 23, 9, 0, tzinfo=UTC)
QUOTES = {
    "en": "Today in {place} the two governments signed a ten-year agreement on security cooperation.",
    "uk": "Сьогодні сторони підписали угоду про співробітництво у сфері безпеки строком на десять років.",
    "de": "Beide Regierungen haben heute eine Vereinbarung über Sicherheitszusammenarbeit unterzeichnet.",
    "ja": "本日、両国政府は安全保障協力に関する協定に署名した。",
    "ar": "وقعت الحكومتان اليوم اتفاقا بشأن التعاون الأمني لمدة عشر سنوات.",
}


@dataclass
class Week:
    """Collects changes with all that they refer to; ``material`` gives what a digest is made from."""

    told: list[Change] = field(default_factory=list)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def tell(
        self,
        party="QS",
        day=date(2031, 2, 19),
        *,
        kind=ChangeKind.NEW,
        scope=Scope.SERIES,
        stage=Stage.CONCLUDED,
        word=Word.TEXT,
        lang="en",
        title="Agreement on security cooperation",
        place="Strelsau",
        aged=(),
        quote=None,
        url=None,
        publisher=None,
        agreement_kind=Kind.SECURITY,
        **more,
    ) -> Change:
        """Add a change with its agreement, finding, document and source, and return it."""
        sides = sides_of(RURITANIA, party)
        number = len(self.told)
        voices = [party] if word in (Word.TEXT, Word.ONE) else [party, "QR"] if word is Word.BOTH else [""]
        findings = [
            self._finding(
                f"{number}-{voice or 'press'}",
                sides,
                voice,
                day,
                stage,
                lang,
                title,
                quote,
                url,
                publisher,
                place,
            )
            for voice in voices
        ]
        key = f"qr-{party.lower()}-{number}"
        when = PartialDate.day(day) if day else None
        self.agreements[key] = Agreement(
            id=key,
            sides=sides,
            kind=agreement_kind,
            stage=stage,
            word=word,
            findings=tuple(each.id for each in findings),
            title=title,
            stages=(StageReached(stage, when, tuple(each.id for each in findings), word),),
            place=place,
            duration="P10Y" if scope is not Scope.OTHER else "",
            conflicts=more.pop("conflicts", ()),
            instrument=more.pop("instrument", "agreement"),
        )
        change = Change(
            id=change_id("ex-1", AS_OF, kind, key, ""),
            briefing_id="ex-1",
            as_of=AS_OF,
            kind=kind,
            scope=scope,
            agreement_id=key,
            sides=sides,
            stage=stage,
            agreement_kind=agreement_kind,
            title=title,
            word=word,
            version=f"v{number}",
            date=when,
            aged=tuple(aged),
            evidence=tuple(each.id for each in findings),
            first_seen=UNTIL - timedelta(hours=3),
            **more,
        )
        self.told.append(change)
        return change

    def _finding(self, key, sides, voice, day, stage, lang, title, quote, url, publisher, place) -> Finding:
        name = publisher or (f"Government of {NAMES[voice]}" if voice else "The Strelsau Courier")
        source_id = f"src-{voice.lower() or 'press'}"
        text = quote or QUOTES[lang].format(place=place)
        when = PartialDate.day(day) if day else None
        address = url or f"https://{voice.lower() or 'press'}.example/{key}"
        self.sources[source_id] = Source(
            id=source_id,
            kind=SourceKind.FEED,
            publisher=name,
            url=f"https://{source_id}.example/feed",
            lang=lang,
            official=bool(voice),
            voice=PartyCode(voice) if voice else None,
            licence="Open Example Licence" if voice else "All rights reserved",
            quote_words=None if voice else 25,
        )
        document = Document(
            id=f"d-{key}",
            source_id=source_id,
            url=address,
            title=f"{NAMES.get(voice, 'Report')}: {title}",
            lang=lang,
            passages=(Passage(PassageKind.PARAGRAPH, text),),
            retrieved=UNTIL - timedelta(hours=4),
            published=when,
            publisher=name,
        )
        self.documents[document.id] = document
        finding = Finding(
            id=f"f-{key}",
            document_id=document.id,
            source_id=source_id,
            sides=sides,
            stage=stage,
            kind=Kind.SECURITY,
            basis=On.RELEASE if voice else On.PRESS,
            quote=text,
            start=0,
            end=len(text),
            voice=PartyCode(voice) if voice else None,
            official=bool(voice),
            title=title,
            date=when,
            published=when,
            lang=lang,
            url=address,
            publisher=name,
            score=0.97,
            reasons=("a verb of signing in the past tense, beside the name of an agreement",),
        )
        self.findings[finding.id] = finding
        return finding

    def material(self, **more) -> Material:
        """Return the week as material, with an edition and coverage to match."""
        values = {
            "edition": EDITION,
            "told": tuple(self.told),
            "agreements": self.agreements,
            "findings": self.findings,
            "documents": self.documents,
            "sources": self.sources,
            "coverage": COVERAGE,
            "faults": FAULTS,
            "names": NAMES,
            "languages": LANGUAGES,
        }
        return Material(**(values | more))


def occasion(audience=Audience.READERS, **more) -> Occasion:
    """Return a weekly occasion."""
    values = {
        "subscription_id": f"weekly-{audience.value}",
        "audience": audience,
        "since": UNTIL - timedelta(days=7),
        "until": UNTIL,
        "made_at": UNTIL,
        "zone": LONDON,
        "masthead": Masthead("monitor.example", "monitor@monitor.example", contact="desk@monitor.example"),
    }
    return Occasion(**(values | more))


EDITION = Edition(
    briefing_id="ex-1",
    title="Security arrangements with Ruritania",
    as_of=AS_OF,
    published=AS_OF,
    reference="EX-1",
    topic=Topic(
        focal=RURITANIA,
        series=Series("zenda", "the Zenda commitments", date(2030, 7, 12), (Kind.SECURITY,), ("Zenda",)),
        own_state=PartyCode("QW"),
    ),
    entries=(
        Entry("e-qv", sides_of("QR", "QV"), Stage.NEGOTIATING, Kind.SECURITY),
        Entry("e-qx", sides_of("QR", "QX"), Stage.NEGOTIATING, Kind.SECURITY),
    ),
    sections=(Section("s-sum", "Summary"), Section("s-3", "Who has signed?", "3")),
    statements=(
        Statement(
            "sum-1", "s-sum", Unit.SENTENCE, "Genovia was the first country to sign, on 12 January 2031."
        ),
        Statement("sum-2", "s-sum", Unit.SENTENCE, "No other country has followed so far."),
        Statement(
            "s3-1",
            "s-3",
            Unit.ITEM,
            "Borduria, Syldavia and Freedonia have opened talks on agreements of their own.",
            notes=(4, 5),
            depends_on=(Dependency(DependsOn.SERIES),),
        ),
        Statement("n4", "s-3", Unit.NOTE, "Government of Borduria, Talks open, 3 November 2030", note=4),
    ),
    counts=(Count("c-1", 30, "countries that joined the Zenda declaration", of=CountOf.ADHERENTS),),
    firsts=(First("first-1", "country to sign", PartyCode("QW")),),
)
LONG_AGO = datetime(2031, 2, 3, 8, 0, tzinfo=UTC)
COVERAGE = (
    Coverage(
        PartyCode("QR"),
        (
            SourceRead(
                "src-qr", "Government of Ruritania", UNTIL - timedelta(minutes=20), "https://qr.example"
            ),
        ),
    ),
    Coverage(
        PartyCode("QS"),
        (SourceRead("src-qs", "Government of Borduria", UNTIL - timedelta(minutes=18), "http://qs.example"),),
    ),
    Coverage(
        PartyCode("QT"),
        (),
        (Trouble("President of Syldavia", LONG_AGO, "refuses machines", "src-qt"),),
        (
            LookedAt(
                "President of Syldavia", "A. Archivist", UNTIL - timedelta(days=1), "nothing new", "src-qt"
            ),
        ),
    ),
    Coverage(PartyCode("QU"), (), (Trouble("Freedonia Today", LONG_AGO, "has not answered", "src-qu"),)),
)
FAULTS = (
    Fault("src-qt", "President of Syldavia", LONG_AGO, "refuses machines", expected=True),
    Fault("src-qu", "Freedonia Today", LONG_AGO, "has not answered"),
)


def quiet() -> Week:
    """A week without news."""
    return Week()


def three() -> Week:
    """Borduria signed; Syldavia and Freedonia are reported to have signed."""
    week = Week()
    ages = (
        Aged("sum-2", How.SUPERSEDED),
        Aged("s3-1", How.INCOMPLETE),
    )
    week.tell("QS", date(2031, 2, 22), place="Zenda", aged=ages)
    week.tell(
        "QT", date(2031, 2, 21), kind=ChangeKind.LEAD, word=Word.PRESS, lang="de", title="Sicherheitsabkommen"
    )
    week.tell("QU", date(2031, 2, 22), kind=ChangeKind.LEAD, word=Word.PRESS, title="Security pact")
    return week


def one() -> Week:
    """One government alone says that Syldavia signed."""
    week = Week()
    week.tell(
        "QT",
        date(2031, 2, 19),
        word=Word.ONE,
        lang="uk",
        title="Угода про співробітництво",
        aged=(Aged("sum-2", How.SUPERSEDED),),
    )
    return week


def busiest() -> Week:
    """A week with one of everything."""
    week = three()
    week.tell(
        "EU",
        date(2031, 2, 20),
        word=Word.BOTH,
        title="Joint security commitments",
        aged=(Aged("s3-1", How.INCOMPLETE), Aged("sum-2", How.SUPERSEDED)),
    )
    week.tell(
        "QY", date(2031, 2, 20), word=Word.ONE, lang="ja", title="協力に関する協定", scope=Scope.UNDECIDED
    )
    week.tell(
        "QS",
        date(2031, 2, 18),
        kind=ChangeKind.ADVANCED,
        stage=Stage.IN_FORCE,
        scope=Scope.SERIES,
        title="Agreement on air defence",
    )
    week.tell(
        "QW",
        date(2031, 2, 17),
        kind=ChangeKind.NEW,
        scope=Scope.OTHER,
        title="Framework agreement on export credit",
        agreement_kind=Kind.ECONOMIC,
    )
    week.tell(
        "QV",
        date(2031, 2, 17),
        kind=ChangeKind.NEW,
        scope=Scope.OTHER,
        title="Declaration on drones",
        instrument="letter of intent",
        agreement_kind=Kind.DEFENCE_INDUSTRY,
    )
    week.tell(
        "QX",
        date(2031, 2, 19),
        kind=ChangeKind.UNDER_WAY,
        stage=Stage.AGREED_TEXT,
        word=Word.ONE,
        lang="ar",
        title="اتفاق أمني",
    )
    week.tell(
        "QW",
        date(2030, 10, 8),
        kind=ChangeKind.DISCREPANCY,
        word=Word.BOTH,
        scope=Scope.OTHER,
        title="Trade agreement",
        field="signed",
        edition_says="2030-11",
        sources_say="2030-10-08",
        agreement_kind=Kind.ECONOMIC,
    )
    week.tell("QV", date(2031, 1, 20), kind=ChangeKind.OMITTED, title="Agreement on long-term support")
    conflict = Conflict(
        "signed", (Claimed("22 February 2031", "f-0-QS"), Claimed("21 February 2031", "f-2-press"))
    )
    first = week.agreements["qr-qs-0"]
    week.agreements["qr-qs-0"] = replace(first, conflicts=(conflict,))
    return week


def many(count: int) -> Week:
    """A week of ``count`` signings by few parties."""
    week = Week()
    parties = [code for code in NAMES if code not in ("QR", "QW")]
    for number in range(count):
        week.tell(
            parties[number % len(parties)],
            date(2031, 2, 2) + timedelta(days=number % 20),
            title=f"Agreement No. {number + 1} on security cooperation",
            aged=(Aged("sum-2", How.SUPERSEDED),),
        )
    return week


GAPS = (Gap("src-qs", LONG_AGO, UNTIL - timedelta(days=6), "none of the items was seen before"),)
QUESTIONS = (
    Question("q-1", "src-qs", UNTIL, "All 40 items came back under other addresses: has the site moved?"),
)
