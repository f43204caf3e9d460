"""How far an agreement has come, what it is, and on whose word; EDITORIAL's words, spelled once."""

from enum import StrEnum


class Stage(StrEnum):
    """Stages of an agreement, then what else a document can be about."""

    ANNOUNCED_INTENT = "announced-intent"
    NEGOTIATING = "negotiating"
    AGREED_TEXT = "agreed-text"
    DECLINED = "declined"
    CONCLUDED = "concluded"
    RATIFIED = "ratified"
    PROVISIONALLY_APPLIED = "provisionally-applied"
    IN_FORCE = "in-force"
    AMENDED = "amended"
    REPLACED = "replaced"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    # of a document only
    RECALLED = "recalled"
    ANNIVERSARY = "anniversary"
    IMPLEMENTING = "implementing"
    MULTILATERAL = "multilateral"
    UNRELATED = "unrelated"

    @property
    def is_of_agreement(self) -> bool:
        """Whether an agreement, not only a document, can be at this stage."""
        return self in _ORDER

    @property
    def order(self) -> int:
        """How far along it is; larger is later. Stages of documents count as 0."""
        return _ORDER.get(self, 0)

    @property
    def implies_conclusion(self) -> bool:
        """Whether an agreement at this stage has been signed by both sides."""
        return self.order >= _ORDER[Stage.CONCLUDED]


_ORDER = {
    Stage.ANNOUNCED_INTENT: 1,
    Stage.NEGOTIATING: 2,
    Stage.AGREED_TEXT: 3,
    Stage.DECLINED: 4,
    Stage.CONCLUDED: 5,
    Stage.RATIFIED: 6,
    Stage.PROVISIONALLY_APPLIED: 7,
    Stage.IN_FORCE: 8,
    Stage.AMENDED: 9,
    Stage.REPLACED: 10,
    Stage.EXPIRED: 11,
    Stage.TERMINATED: 12,
}


class Kind(StrEnum):
    """The subject matter of an agreement, as the labelled sets spell it."""

    SECURITY = "security"
    PARTNERSHIP = "partnership"
    DEFENCE_INDUSTRY = "defence-industry"
    ECONOMIC = "economic"
    TRANSPORT = "transport"
    EDUCATION = "education"
    OTHER = "other"


class Level(StrEnum):
    """Who concluded it. Company contracts are mentions, never agreements."""

    STATE = "state"
    AGENCY = "agency"
    COMPANY = "company"


class Basis(StrEnum):
    """What kind of paper a finding rests on."""

    TEXT = "text"  # the agreement's own text
    REGISTER = "register"  # a treaty register's row
    RELEASE = "release"  # an official announcement
    PRESS = "press"
    PERSON = "person"  # entered by a person, with an evidence address


class Word(StrEnum):
    """On whose word an agreement stands; EDITORIAL section 2. Strongest first."""

    TEXT = "text read"
    BOTH = "both governments"
    ONE = "one government"
    PERSON = "entered by a person"
    THIRD = "third-party official"
    PRESS = "press only"

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts as confirmed: a party's own voice, the text, or a named person's entry."""
        return self not in (Word.THIRD, Word.PRESS)


class Relation(StrEnum):
    """How an agreement relates to its parent."""

    AMENDS = "amends"
    IMPLEMENTS = "implements"
    SUPPLEMENTS = "supplements"
    REPLACES = "replaces"


class Binding(StrEnum):
    """Whether somebody says that it binds; never inferred."""

    YES = "yes"
    NO = "no"
    NOT_STATED = "not stated"
