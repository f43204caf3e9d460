"""Values to store, of invented countries: QB is Borduria, QS Syldavia, QR Ruritania."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from monitor.model import (
    Action,
    Aged,
    Agreement,
    Attachment,
    AuditEntry,
    Basis,
    Batch,
    Change,
    ChangeKind,
    Claimed,
    Conflict,
    Decision,
    Delivery,
    Document,
    EditionSeen,
    Exchange,
    Finding,
    Gap,
    How,
    Item,
    Kind,
    ManualLook,
    PartialDate,
    PartyCode,
    Passage,
    PassageKind,
    Pending,
    Poll,
    Procedure,
    ProcedureStep,
    Question,
    Reckoned,
    Reckoning,
    Rendering,
    Report,
    Row,
    Scope,
    Signature,
    SourceState,
    Stage,
    StageReached,
    Titled,
    Transport,
    Validators,
    Verdict,
    Word,
    change_id,
    delivery_id,
    document_id,
    finding_id,
    reckoning_id,
    sides_of,
)

T0 = datetime(2031, 2, 17, 8, 0, tzinfo=UTC)
DAY = PartialDate.day(date(2031, 2, 16), "16 February 2031")
BORDURIA, SYLDAVIA, RURITANIA = PartyCode("QB"), PartyCode("QS"), PartyCode("QR")
SIDES = sides_of("QB", "QR")
SOURCE = "borduria-mfa"
BRIEFING = "cbp-1"


def later(**by):
    return T0 + timedelta(**by)


def item(number=1, version="v1", **changes):
    made = Item(
        SOURCE,
        (f"guid:{number}", f"https://mfa.example/{number}", f"title {number}"),
        f"Borduria and Ruritania sign paper {number}",
        version,
        url=f"https://mfa.example/{number}",
        published=DAY,
        row=Row((("title", (f"paper {number}",)), ("parties", ("Borduria", "Ruritania")))),
        flags=("dated",),
    )
    return replace(made, **changes)


def document(number=1, **changes):
    passages = (
        Passage(PassageKind.TITLE, f"Borduria and Ruritania sign paper {number}"),
        Passage(PassageKind.PARAGRAPH, "The ministers signed it in Szohôd – «договір» – 協定 \U0001f58b."),
    )
    url = f"https://mfa.example/{number}"
    made = Document(
        document_id(SOURCE, url, passages[0].text, passages),
        SOURCE,
        url,
        passages[0].text,
        "en",
        passages,
        T0,
        published=DAY,
        voice=BORDURIA,
        publisher="Ministry of Foreign Affairs",
        item_key=f"guid:{number}",
        body_sha256=f"{number:064x}",
        attachments=(Attachment(f"https://mfa.example/{number}.pdf", "The text (PDF)"),),
    )
    return replace(made, **changes)


def finding(number=1, sides=SIDES, **changes):
    base = document(number)
    end = len(base.title)
    made = Finding(
        finding_id(base.id, 0, end, sides, Stage.CONCLUDED),
        base.id,
        SOURCE,
        sides,
        Stage.CONCLUDED,
        Kind.SECURITY,
        Basis.RELEASE,
        base.title,
        0,
        end,
        voice=BORDURIA,
        title=f"Paper {number}",
        date=DAY,
        signed=(Signature(DAY, BORDURIA, "Szohôd"),),
        numbers=("CP 1",),
        procedures=(ProcedureStep(Procedure.LAID, DAY, "laid"),),
        score=0.93,
        reasons=("the headline says that it was signed",),
    )
    return replace(made, **changes)


def agreement(number=1, sides=SIDES, **changes):
    found = finding(number, sides)
    made = Agreement(
        f"{'-'.join(sides).lower()}-2031-02-16-{number}",
        sides,
        Kind.SECURITY,
        Stage.CONCLUDED,
        Word.ONE,
        (found.id,),
        title=f"Paper {number}",
        titles=(Titled(f"Paper {number}", BORDURIA, found.id),),
        stages=(StageReached(Stage.CONCLUDED, DAY, (found.id,), Word.ONE),),
        signed=found.signed,
        voices=(BORDURIA,),
        conflicts=(Conflict("place", (Claimed("Szohôd", found.id), Claimed("Strelsau", found.id))),),
    )
    return replace(made, **changes)


def change(number=1, version="1", **changes):
    about = agreement(number)
    made = Change(
        change_id(BRIEFING, date(2031, 2, 1), ChangeKind.NEW, about.id, ""),
        BRIEFING,
        date(2031, 2, 1),
        ChangeKind.NEW,
        Scope.SERIES,
        about.id,
        about.sides,
        Stage.CONCLUDED,
        Kind.SECURITY,
        about.title,
        Word.ONE,
        version,
        date=DAY,
        aged=(Aged("s-1", How.COUNT, DAY),),
        evidence=about.findings,
        first_seen=T0,
    )
    return replace(made, **changes)


def pending(number=1, version="1", subscription="readers", since=T0):
    return Pending(change(number).id, version, subscription, since)


def poll(slot=T0, source=SOURCE, **changes):
    return replace(Poll(source, slot, slot + timedelta(seconds=3), Verdict.OK, items_seen=4), **changes)


def exchange(slot=T0, number=0, **changes):
    made = Exchange(
        SOURCE,
        slot,
        number,
        "GET",
        "https://mfa.example/feed",
        slot,
        0.25,
        Transport.ANSWERED,
        status=200,
        headers=(("ETag", '"1"'),),
        body_sha256=f"{number:064x}",
        body_bytes=10,
    )
    return replace(made, **changes)


def report(number=1, **changes):
    made = Report(
        f"r-{number}",
        "readers",
        BRIEFING,
        later(hours=number),
        f"[CBP-1] Digest {number}",
        (
            Rendering(".md", "text/markdown", "Нічого нового\n".encode()),
            Rendering(".eml", "message/rfc822", b"Message-ID: <1>\r\n\r\n\x00\xff"),
        ),
        changes=(change().id,),
    )
    return replace(made, **changes)


def delivery(number=1, recipient="a@library.example", **changes):
    made = Delivery(delivery_id(f"r-{number}", "smtp", recipient), f"r-{number}", "smtp", recipient)
    return replace(made, **changes)


def decision(number=1, subject="c-1", **changes):
    made = Decision(
        f"d-{number}",
        Action.ACCEPT,
        subject,
        "anna",
        later(minutes=number),
        "two sources",
        (("field", "place"),),
    )
    return replace(made, **changes)


def audit(number=1, actor="monitor", subject=SOURCE):
    return AuditEntry(later(minutes=number), actor, "polled", subject, f"entry {number}")


def state(**changes):
    return replace(SourceState(SOURCE, last_slot=T0, last_verdict=Verdict.OK, ever_ok=True), **changes)


def reckoning(number=1):
    """A number of agreements that the document gives."""
    made = document(number)
    return Reckoning(
        reckoning_id(made.id, 0, 5, Reckoned.AGREEMENTS, 27),
        made.id,
        made.source_id,
        Reckoned.AGREEMENTS,
        27,
        made.text[:5],
        0,
        5,
        parties=(BORDURIA, SYLDAVIA),
        kinds=(Kind.SECURITY,),
        published=DAY,
    )


def full_batch(number=1, **changes):
    """A batch with something of everything."""
    made = Batch(
        at=later(seconds=5),
        poll=poll(later(hours=number)),
        state=state(),
        exchanges=(exchange(later(hours=number)),),
        validators=((SOURCE, "https://mfa.example/feed", Validators('"1"', body_sha256="ab")),),
        items=(item(number),),
        documents=(document(number),),
        findings=(finding(number),),
        reckonings=(reckoning(number),),
        agreements=(agreement(number),),
        changes=(change(number),),
        pending=(pending(number),),
        decisions=(decision(number, change(number).id),),
        gaps=(Gap(SOURCE, T0, later(days=1), "nothing known was seen"),),
        questions=(Question("q-1", SOURCE, T0, "Has the site changed its addresses?"),),
        looks=(ManualLook(SOURCE, "anna", T0, "nothing new"),),
        editions=(EditionSeen(BRIEFING, "e1", "2031-02-01"),),
        audit=(audit(number), audit(number, actor="anna")),
    )
    return replace(made, **changes)
