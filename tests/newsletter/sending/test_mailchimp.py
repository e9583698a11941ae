import pytest

from newsletter.models import Sending
from newsletter.sending import deciding, slices
from newsletter.sending.backends.api import Api
from newsletter.sending.outbox import Outbox
from newsletter.subscribing.addresses import NOBODY, token_of

from .conftest import go_on, lapse, states
from .provider_server import CLOSES, Provider


class Died(BaseException):
    pass


class Mailchimp:
    """What matters of an account: members, a segment, campaigns."""

    def __init__(self) -> None:
        self.members, self.refused = {}, {}
        self.segments, self.campaigns = {}, {}
        self.answers = {}

    def say(self, method, path, body):
        for end, answer in self.answers.items():
            if path.endswith(end):
                if answer == "sends and closes":
                    self.take(method, path, body)
                    return CLOSES
                return answer
        return self.take(method, path, body)

    def take(self, method, path, body):
        parts = path.removeprefix("/3.0/").split("/")
        if path.endswith("/merge-fields"):
            return 200, {}
        if path.endswith("/segments"):
            number = len(self.segments) + 1
            self.segments[number] = []
            return 200, {"id": number}
        if "segments" in parts:
            self.segments[int(parts[-1])] += body["members_to_add"]
            return 200, {}
        if parts[0] == "lists":
            errors = []
            for member in body["members"]:
                name = member["email_address"].partition("@")[0]
                if name in self.refused:
                    errors.append(
                        {"email_address": member["email_address"], "error": self.refused[name]}
                    )
                else:
                    self.members[name] = member
            return 200, {"errors": errors}
        if path == "/3.0/campaigns":
            number = f"c{len(self.campaigns) + 1}"
            self.campaigns[number] = {**body, "status": "save", "got": []}
            return 200, {"id": number}
        campaign = self.campaigns[parts[1]]
        if path.endswith("/content"):
            campaign["content"] = body
        elif path.endswith("/actions/send"):
            campaign["status"] = "sending"
            segment = campaign["recipients"]["segment_opts"]["saved_segment_id"]
            campaign["got"] = [one.partition("@")[0] for one in self.segments[segment]]
            return 204, {}
        return 200, {"status": campaign["status"]}

    @property
    def delivered(self) -> list[str]:
        return [name for campaign in self.campaigns.values() for name in campaign["got"]]


@pytest.fixture
def account(settings):
    account = Mailchimp()
    with Provider(account.say) as provider:
        account.asked = provider.asked
        settings.LETTERS_URL = f"mailchimp+http://key-us1@127.0.0.1:{provider.port}/aud1"
        settings.LETTERS_TIMEOUT = 1
        yield account


def test_one_campaign_takes_the_letter_to_each_reader(account, send, make_readers, territory):
    ada, _bob = make_readers("ada", "bob")
    sending = send()
    assert account.delivered == ["ada", "bob"] and sending.state == "done"
    assert states(sending) == {"ada": "sent", "bob": "sent"}
    campaign = account.campaigns["c1"]
    assert campaign["settings"]["subject_line"] == "Ce qui vient"
    assert campaign["settings"]["from_name"] == territory.full_name
    assert campaign["tracking"] == {"opens": False, "html_clicks": False, "text_clicks": False}
    assert "*|READERKEY|*" in campaign["content"]["html"]
    assert token_of(NOBODY) not in str(campaign["content"])
    assert account.members["ada"]["merge_fields"] == {"READERKEY": token_of(ada.key)}


def test_who_left_at_the_provider_is_refused(account, send, make_readers):
    make_readers("ada", "bob")
    account.refused["ada"] = "ada@example.org is in a compliance state"
    sending = send()
    assert states(sending) == {"ada": "refused", "bob": "sent"} and account.delivered == ["bob"]


def test_when_the_answer_is_lost_the_campaign_is_asked(account, send, make_readers):
    make_readers("ada", "bob")
    account.answers["/actions/send"] = "sends and closes"
    sending = send()
    assert states(sending) == {"ada": "sent", "bob": "sent"} and len(account.delivered) == 2


def test_what_was_not_sent_is_sent_in_another_campaign(account, send, make_readers):
    make_readers("ada")
    account.answers["/actions/send"] = CLOSES
    sending = send()
    assert states(sending) == {"ada": "waiting"}
    account.answers.clear()
    sending = go_on(sending)
    assert account.delivered == ["ada"] and states(sending) == {"ada": "sent"}


@pytest.mark.parametrize(
    ("end", "delivered"), [("/segments/1", 0), ("/content", 0), ("/actions/send", 1)]
)
def test_whoever_takes_over_asks_what_became_of_the_campaign(
    account, send, make_readers, monkeypatch, end, delivered
):
    make_readers("ada", "bob")
    ask, kept = Api.ask, Outbox.claimed_stayed

    def dying(self, method, path, body=None):
        answer = ask(self, method, path, body)
        if path.endswith(end):
            raise Died
        return answer

    monkeypatch.setattr(Api, "ask", dying)
    # The dead tidy nothing up.
    monkeypatch.setattr(Outbox, "claimed_stayed", lambda self, language: None)
    with pytest.raises(Died):
        send()
    monkeypatch.setattr(Api, "ask", ask)
    monkeypatch.setattr(Outbox, "claimed_stayed", kept)
    sending = Sending.objects.get()
    assert set(states(sending).values()) == {"claimed"}
    assert len(account.delivered) == 2 * delivered
    lapse(sending)
    slices.carry_on()
    sending = go_on(sending)
    assert states(sending) == {"ada": "sent", "bob": "sent"} and sending.state == "done"
    assert sorted(account.delivered) == ["ada", "bob"]


def test_a_campaign_that_is_no_more_leaves_its_copies_in_doubt(account, send, make_readers):
    make_readers("ada")
    account.answers["/actions/send"] = CLOSES
    account.answers["/campaigns/c1"] = (404, {"title": "Resource Not Found"})
    sending = send()
    assert states(sending) == {"ada": "uncertain"}


def test_while_nobody_says_what_became_of_it_the_copies_stay_claimed(account, send, make_readers):
    make_readers("ada")
    account.answers["/actions/send"] = CLOSES
    account.answers["/campaigns/c1"] = (503, {"title": "later"})
    sending = send()
    assert states(sending) == {"ada": "claimed"} and sending.trouble == "503 later"
    del account.answers["/campaigns/c1"]
    account.answers.clear()
    slices.carry_on()
    sending = go_on(sending)
    assert states(sending) == {"ada": "sent"} and account.delivered == ["ada"]


def test_a_pause_while_it_is_prepared_sends_nothing(account, send, make_readers, sender):
    make_readers("ada")
    take = account.take

    def pausing(method, path, body):
        if path.endswith("/content"):
            pause.append(1)
        return take(method, path, body)

    pause: list[int] = []
    hold = Outbox.hold

    def held(self, now=None):
        if pause:
            pause.clear()
            deciding.pause(Sending.objects.get(), sender)
        hold(self, now)

    account.take = pausing
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Outbox, "hold", held)
        sending = send()
    assert sending.state == "paused" and states(sending) == {"ada": "waiting"}
    assert not account.delivered


def test_a_wrong_key_pauses(account, send, make_readers):
    make_readers("ada")
    account.answers["/merge-fields"] = (401, {"title": "API Key Invalid"})
    sending = send()
    assert sending.state == "paused" and states(sending) == {"ada": "waiting"}
