"""Whether a subscription may be told of a change now, by its policy and by what reviewers decided."""

from monitor.model import Action, Audience, Change, Subscription, Tell, Word


def may_tell(subscription: Subscription, change: Change, action: Action | None) -> bool:
    """Return whether a change may be told, given the last decision on it.

    Nobody is told of what was rejected. What waits for a second source is told to readers once another
    voice says so, or a reviewer accepts it.
    """
    if action is Action.REJECT:
        return False
    reviews_everything = subscription.audience is Audience.REVIEWERS and subscription.tell is Tell.EVERYTHING
    if action is Action.ACCEPT or reviews_everything:
        return True
    if action is Action.NEEDS_SECOND_SOURCE and change.word not in (Word.TEXT, Word.BOTH):
        return False
    if subscription.tell is Tell.ACCEPTED:
        return False
    return subscription.tell is Tell.EVERYTHING or change.word.is_confirmed
