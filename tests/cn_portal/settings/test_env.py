"""One reader of the environment: what an empty one gives, and what is refused."""

import stat

import pytest

from cn_portal.settings import env

FIELD_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


def test_nothing_set_gives_the_embedded_profile_under_its_folder(tmp_path):
    values = env.read({"CN_VAR": str(tmp_path)})
    assert not values.production
    assert values.database_url == f"sqlite:///{tmp_path}/portal.sqlite3"
    assert values.ledger_database_url == f"sqlite:///{tmp_path}/ledger.sqlite3"
    assert values.demo
    assert values.email is None
    assert values.base_url == "http://localhost:8000"


def test_generated_keys_are_kept_and_readable_by_their_owner_only(tmp_path):
    first, second = env.read({"CN_VAR": str(tmp_path)}), env.read({"CN_VAR": str(tmp_path)})
    assert (first.secret_key, first.field_keys, first.demo_password) == (
        second.secret_key,
        second.field_keys,
        second.demo_password,
    )
    files = sorted((tmp_path / "keys").iterdir())
    assert [path.name for path in files] == ["demo_password", "field_keys", "secret_key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_two_folders_have_different_keys(tmp_path):
    one, other = (env.read({"CN_VAR": str(tmp_path / name)}) for name in ("one", "other"))
    assert one.secret_key != other.secret_key
    assert one.field_keys != other.field_keys
    assert one.demo_password != other.demo_password


def test_a_given_password_is_not_written_down(tmp_path):
    assert env.read({"CN_VAR": str(tmp_path), "DEMO_PASSWORD": "given"}).demo_password == "given"
    assert not (tmp_path / "keys" / "demo_password").exists()


def test_an_empty_value_counts_as_not_set(tmp_path):
    assert env.read({"CN_VAR": str(tmp_path), "PORT": "", "EMAIL_URL": " "}).port == 8000


def test_the_port_is_part_of_the_address(tmp_path):
    assert env.read({"CN_VAR": str(tmp_path), "PORT": "8123"}).base_url == "http://localhost:8123"


def test_a_demonstration_switched_off_makes_no_password(tmp_path):
    values = env.read({"CN_VAR": str(tmp_path), "DEMO": "0"})
    assert (values.demo, values.demo_password) == (False, "")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DJANGO_ENV", "prod", "DJANGO_ENV is «prod», but must be embedded or production."),
        ("PORT", "eight", "PORT is «eight», but must be a whole number."),
        ("PROXY_COUNT", "-1", "PROXY_COUNT is «-1», but must be a whole number."),
        ("EMAIL_URL", "pigeon://roof", "EMAIL_URL cannot be read; write smtp://user:password@host:port."),
        ("FIELD_KEYS", "short", "FIELD_KEYS: key number 1 is not 32 bytes in base64."),
        (
            "CN_FAIL",
            "erase.after_keys",
            "CN_FAIL is «erase.after_keys», but must be a failpoint and how it ends, as in erase.after_keys:kill.",
        ),
    ],
)
def test_an_unreadable_value_is_named_in_one_sentence(tmp_path, name, value, sentence):
    with pytest.raises(env.HalfConfigured) as refused:
        env.read({"CN_VAR": str(tmp_path), name: value})
    assert refused.value.sentences == (sentence,)


@pytest.mark.parametrize("spec", ["", "erase.after_keys:kill", "mail.before_send:raise"])
def test_a_failpoint_is_taken_as_it_is(tmp_path, spec):
    assert env.read({"CN_VAR": str(tmp_path), "CN_FAIL": spec}).failpoint == spec


def test_a_mail_server_is_taken_apart(tmp_path):
    email = env.read({"CN_VAR": str(tmp_path), "EMAIL_URL": "smtp+tls://portal:secret@mail.cn.example:587"}).email
    assert (email["EMAIL_HOST"], email["EMAIL_PORT"], email["EMAIL_HOST_USER"]) == ("mail.cn.example", 587, "portal")
    assert email["EMAIL_USE_TLS"] is True


def test_field_keys_keep_their_order(tmp_path):
    newer = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
    values = env.read({"CN_VAR": str(tmp_path), "FIELD_KEYS": f"{newer}, {FIELD_KEY}"})
    assert values.field_keys == [newer, FIELD_KEY]
