"""Production refuses to start half-configured, and says everything that is wrong at once."""

import pytest

from cn_portal.settings import env, keys, production
from tests.production_check import environment

# Not drawn anew for each process: the workers of a run must agree on the names of the tests.
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

REQUIRED = {
    "SECRET_KEY",
    "FIELD_KEYS",
    "BASE_URL",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "LEDGER_DATABASE_URL",
    "EMAIL_URL",
}


@pytest.fixture
def complete(tmp_path):
    return environment(tmp_path)


def test_a_complete_environment_starts(complete):
    assert env.read(complete).production


def test_production_makes_nothing_for_itself(complete, tmp_path):
    env.read(complete)
    assert list(tmp_path.iterdir()) == []


def test_every_missing_value_is_named_at_once():
    with pytest.raises(env.HalfConfigured) as refused:
        env.read({"DJANGO_ENV": "production"})
    named = {sentence.split(" ")[0] for sentence in refused.value.sentences}
    assert named == REQUIRED
    assert len(refused.value.sentences) == len(REQUIRED)


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_each_missing_value_alone_stops_the_start(complete, name):
    del complete[name]
    with pytest.raises(env.HalfConfigured) as refused:
        env.read(complete)
    assert [sentence.split(" ")[0] for sentence in refused.value.sentences] == [name]
    assert f"{name} is missing" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "x" * 60, "too weak"),
        ("SECRET_KEY", LETTERS[:49], "too weak"),
        ("SECRET_KEY", "django-insecure" + LETTERS, "too weak"),
        ("FIELD_KEYS", "c2hvcnQ=", "not 32 bytes"),
        ("FIELD_KEYS", "not base64 at all", "not 32 bytes"),
        ("BASE_URL", "http://portal.cn.example", "https://"),
        ("BASE_URL", "https://", "https://"),
        ("ALLOWED_HOSTS", "*", "not «*»"),
        ("ALLOWED_HOSTS", "other.example", "does not hold the host"),
        ("DATABASE_URL", "mysql://user@host/portal", "postgres://"),
        ("EMAIL_URL", "consolemail://", "mail server"),
        ("DEMO", "1", "must not be switched on"),
        ("DEBUG", "true", "must not be switched on"),
        ("DEMO_PASSWORD", "anything", "must not be set"),
        ("CN_FAIL", "erase.after_keys:kill", "must not be set"),
    ],
)
def test_a_weak_value_stops_the_start(complete, name, value, words):
    sentences = production.complaints(complete | {name: value})
    assert [sentence for sentence in sentences if sentence.startswith(name) and words in sentence] == sentences
    assert len(sentences) == 1


def test_the_same_field_key_twice_is_refused(complete):
    complete["FIELD_KEYS"] = f"{complete['FIELD_KEYS']},{complete['FIELD_KEYS']}"
    assert production.complaints(complete) == ["FIELD_KEYS names the same key twice."]


def test_the_ledger_may_not_be_the_main_database(complete):
    complete["LEDGER_DATABASE_URL"] = complete["DATABASE_URL"]
    [sentence] = production.complaints(complete)
    assert sentence.startswith("LEDGER_DATABASE_URL is the main database")


@pytest.mark.parametrize("hosts", [".cn.example", "other.example,portal.cn.example"])
def test_hosts_may_be_a_list_or_a_whole_domain(complete, hosts):
    assert production.complaints(complete | {"ALLOWED_HOSTS": hosts}) == []
    assert production.complaints(complete | {"ALLOWED_HOSTS": hosts, "BASE_URL": "https://cn.example.evil"}) != []


def test_a_secret_of_fifty_characters_is_enough(complete):
    assert production.complaints(complete | {"SECRET_KEY": keys.new_secret()[:50]}) == []
