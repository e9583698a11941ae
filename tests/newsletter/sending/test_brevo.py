import pytest

from newsletter.subscribing.addresses import leave_address, token_of

from .conftest import go_on, states
from .provider_server import CLOSES, HANGS, Provider

TAKEN = (201, {"messageId": "<1@brevo>"})


@pytest.fixture
def brevo(settings):
    answers = {}

    def say(method, path, body):
        return answers.get(body["to"][0]["email"].partition("@")[0], TAKEN)

    with Provider(say) as provider:
        provider.answers = answers
        settings.LETTERS_URL = f"brevo+http://xkeysib-1@127.0.0.1:{provider.port}"
        settings.LETTERS_TIMEOUT = 1
        yield provider


def to(provider: Provider) -> list[str]:
    return [body["to"][0]["email"].partition("@")[0] for _method, _path, body in provider.asked]


def test_each_reader_gets_one_letter_with_their_own_addresses(brevo, send, make_readers, territory):
    ada, _bob = make_readers("ada", "bob")
    sending = send()
    assert states(sending) == {"ada": "sent", "bob": "sent"} and sending.state == "done"
    method, path, body = brevo.asked[0]
    assert (method, path) == ("POST", "/v3/smtp/email")
    assert brevo.headers[0]["api-key"] == "xkeysib-1"
    assert body["sender"] == {"name": territory.full_name, "email": "ne-pas-repondre@localhost"}
    assert body["replyTo"] == {"email": "alpha@example.org"}
    assert token_of(ada.key) in body["htmlContent"] and token_of(ada.key) in body["textContent"]
    leave = leave_address(territory, ada.key, "fr")
    assert body["headers"]["List-Unsubscribe"] == f"<{leave}>"
    keys = {asked[2]["headers"]["idempotencyKey"] for asked in brevo.asked}
    assert len(keys) == 2
    assert sending.copies.order_by("pk").first().answer == "<1@brevo>"


@pytest.mark.parametrize("what", [HANGS, CLOSES, (502, {})])
def test_no_answer_is_a_doubt_and_nothing_is_sent_again(brevo, send, make_readers, what):
    make_readers("ada", "bob")
    brevo.answers["ada"] = what
    sending = send()
    assert states(sending) == {"ada": "uncertain", "bob": "waiting"} and sending.trouble
    sending = go_on(sending)
    assert states(sending) == {"ada": "uncertain", "bob": "sent"}
    assert to(brevo) == ["ada", "bob"]


def test_too_fast_waits(brevo, send, make_readers):
    make_readers("ada", "bob")
    brevo.answers["ada"] = (429, {"message": "slow down"}, ("Retry-After", "30"))
    sending = send()
    assert states(sending) == {"ada": "waiting", "bob": "waiting"}
    assert sending.state == "sending" and sending.trouble == "429 slow down"
    brevo.answers.clear()
    assert states(go_on(sending)) == {"ada": "sent", "bob": "sent"}


@pytest.mark.parametrize("status", [401, 402])
def test_a_wrong_key_or_no_more_credit_pauses(brevo, send, make_readers, status):
    make_readers("ada", "bob")
    brevo.answers["ada"] = (status, {"code": "no", "message": "not today"})
    sending = send()
    assert sending.state == "paused" and sending.trouble == f"{status} not today"
    assert set(states(sending).values()) == {"waiting"}
    assert "xkeysib" not in sending.trouble


def test_a_bad_address_is_refused_and_the_others_get_theirs(brevo, send, make_readers):
    make_readers("ada", "bob")
    brevo.answers["ada"] = (400, {"code": "invalid_parameter", "message": "email is not valid"})
    sending = send()
    assert states(sending) == {"ada": "refused", "bob": "sent"}


def test_a_letter_that_is_always_refused_pauses(brevo, send, make_readers):
    for reader in make_readers(*"abcdefgh"):
        brevo.answers[reader.email[0]] = (400, {"message": "subject is missing"})
    sending = send()
    assert sending.state == "paused"
    assert list(states(sending).values()).count("refused") == 5


def test_nobody_there_leaves_no_doubt(settings, send, make_readers):
    settings.LETTERS_URL = "brevo+http://key@127.0.0.1:1"
    make_readers("ada")
    sending = send()
    assert states(sending) == {"ada": "waiting"} and sending.state == "sending"
