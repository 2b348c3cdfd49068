"""Who may review whom, and who sees whose marks.

Marks are seen by who gave them; and, once all who judge the conversation are done, by the reviewed person and by who
leads this one. By nobody else: a review is between colleagues. Reviewers never see their own work, and among peers
nobody judges somebody they lead.
"""

from datetime import date

from relevo.answers.identity import current_id
from relevo.answers.reading import NotFound, Reading, Refused
from relevo.answers.reviews.drawing import among
from relevo.desk.reviews.drawing import Among, ToReview
from relevo.desk.reviews.kept import KeptReview, KeptTalk, draw_with, free_to_take, review_with, talk_with
from relevo.desk.reviews.rules import review_rules

# So many of what waits for a reviewer are looked through for those that a viewer may take.
_LOOKED_THROUGH = 200


def is_mine(reading: Reading, person_id: str) -> bool:
    """Whether the viewer is this person."""
    return person_id in reading.viewer.me


def leads(reading: Reading, person_id: str) -> bool:
    """Whether the viewer may see figures of a person and is somebody else."""
    persons = reading.viewer.persons
    return not is_mine(reading, person_id) and (persons is None or person_id in persons)


def sees_marks(reading: Reading, kept: KeptReview) -> bool:
    """Whether the viewer may see what a review found."""
    is_about = is_mine(reading, kept.person_id) or leads(reading, kept.person_id)
    return is_mine(reading, kept.reviewer_id) or (kept.is_open and is_about)


def reads_talk(reading: Reading, kept: KeptReview) -> bool:
    """Whether the viewer may read the conversation: who judges or is judged, and who reads the customer's words.

    Through a key that reads no words nobody does.
    """
    is_party = is_mine(reading, kept.reviewer_id) or is_mine(reading, kept.person_id)
    customer = current_id(reading, kept.customer_id) if kept.customer_id else ""
    return (reading.viewer.reads_own and is_party) or reading.viewer.reads_conversations_of(customer)


def review_seen(reading: Reading, key: int) -> KeptReview:
    """A review that the viewer may see; NotFound for every other."""
    kept = review_with(key)
    if kept is None or not sees_marks(reading, kept):
        raise NotFound(f"There is no review {key} here.", "Look for it under Reviews.")
    return kept


def review_to_score(reading: Reading, key: int) -> KeptReview:
    """A review that the viewer makes; Refused for one that the viewer only sees."""
    kept = review_seen(reading, key)
    if not is_mine(reading, kept.reviewer_id):
        raise Refused("Marks are given by the reviewer alone.", "Say what you think in a reply.")
    return kept


def review_to_answer(reading: Reading, key: int) -> KeptReview:
    """A review to which the viewer may reply: the reviewed person and the reviewer, once it is done."""
    kept = review_seen(reading, key)
    if not kept.is_open or not (is_mine(reading, kept.person_id) or is_mine(reading, kept.reviewer_id)):
        raise Refused("Replies are between the reviewer and the reviewed.", "Talk to one of them.")
    return kept


def reviewers(reading: Reading, on: date) -> Among:
    """Among whom reviewers are found under the rules of a day."""
    return among(reading, review_rules(on).is_peers)


def free_for(reading: Reading, on: date) -> tuple[ToReview, ...]:
    """What waits for a reviewer and the viewer may take."""
    among_whom, mine = reviewers(reading, on), reading.viewer.me
    can = {each.person_id for each in among_whom.reviewers} & mine
    if not can:
        return ()
    return tuple(each for each in free_to_take(_LOOKED_THROUGH) if _may_take(reading, each, among_whom))


def draw_to_take(reading: Reading, key: int, on: date) -> ToReview:
    """Something that the viewer may take over for a review; NotFound for everything else."""
    found, among_whom = draw_with(key), reviewers(reading, on)
    is_reviewer = bool({each.person_id for each in among_whom.reviewers} & reading.viewer.me)
    if found is None or not is_reviewer or not _may_take(reading, found, among_whom):
        raise NotFound(f"There is nothing with the number {key} that you may review.", "Look under Reviews.")
    return found


def _may_take(reading: Reading, wanted: ToReview, among_whom: Among) -> bool:
    return all(among_whom.may_review(each, wanted) for each in reading.viewer.me)


def check_leads(reading: Reading, person_id: str) -> None:
    """Raise Refused unless the viewer leads a person: who writes down a coaching talk."""
    if not leads(reading, person_id):
        raise Refused("Coaching is written down by who leads the person.", "Ask the lead to write it down.")


def talk_to_withdraw(reading: Reading, key: int) -> KeptTalk:
    """A coaching talk that the viewer may take back: its coach, and who leads the person; NotFound for others."""
    kept = talk_with(key)
    if kept is None or not (is_mine(reading, kept.coach_id) or leads(reading, kept.person_id)):
        raise NotFound(f"There is no talk {key} here.", "Look for it under Reviews.")
    return kept
