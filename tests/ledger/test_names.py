"""An agreement's id is given once: reports that were sent, and decisions, go on naming it."""

from monitor.ledger import group
from monitor.model import Kind

SECURITY = {"kind": Kind.SECURITY}


def grown(known, findings, decisions=()):
    """Group and return what is stored afterwards, by id."""
    stored = {each.id: each for each in known}
    for agreement in group(findings, known, decisions).changed:
        for alias in agreement.aliases:
            stored.pop(alias, None)
        stored[agreement.id] = agreement
    return tuple(stored.values())


def test_an_id_can_be_read(make, one):
    """A person tells agreements apart by it without looking them up."""
    finding = make.release(signed="2031-05-04")

    assert one(finding).id == f"qb-qr-2031-05-04-{finding.id[2:8]}"


def test_an_id_stays_when_findings_come(make):
    """A better title, an earlier date or a stronger source changes what it says, not what it is called."""
    lead = make.press("security deal", signed="2031-05-05", **SECURITY)
    known = grown((), [lead])
    text = make.text("Agreement on Security", signed="2031-05-04", **SECURITY)

    agreements = grown(known, [lead, text])

    assert [each.id for each in agreements] == [known[0].id]
    assert agreements[0].concluded.date.iso == "2031-05-04"


def test_two_that_turn_out_one_keep_the_older_id(make):
    """The other id must still lead to the agreement."""
    release = make.release("Accord", signed="2031-05-04", numbers=("CP 1",))
    row = make.row("Agreement on Catch Limits", key="1", signed="2031-05-04")
    known = grown((), [release, row])
    link = make.row(
        "Agreement on Catch Limits",
        key="a",
        register="other",
        signed="2031-05-04",
        numbers=("CP 1",),
    )
    assert len(known) == 2

    agreement = grown(known, [release, row, link])[0]

    older, newer = sorted(each.id for each in known)
    assert (agreement.id, agreement.aliases) == (older, (newer,))


def test_a_finding_less_than_stored_changes_nothing(make):
    """Grouping again without anything new must save nothing."""
    findings = [make.release(signed="2031-05-04"), make.press(signed="2031-05-04")]
    known = grown((), findings)

    assert group(reversed(findings), known, ()).changed == ()


def test_an_id_goes_back_when_a_merge_is_undone(make, decided):
    """What was reported under the other id is again its own agreement."""
    fisheries = make.release("Agreement on Fisheries", signed="2031-05-04")
    transport = make.release("Agreement on Transport", signed="2031-05-04")
    findings = [fisheries, transport]
    before = grown((), findings)
    ids = [each.id for each in before]
    merge = decided("merge", ids[0], other=ids[1])
    merged = grown(before, findings, [merge])
    split = decided("split", ids[0], findings=_findings(before[1]), rest=_findings(before[0]))

    after = grown(merged, findings, [merge, split])

    assert [each.aliases for each in merged] == [(ids[1],)]
    assert sorted(each.id for each in after) == sorted(ids)


def _findings(agreement):
    return ",".join(agreement.findings)
