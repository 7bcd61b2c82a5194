import base64

from cn_portal.settings import keys, production


def test_a_made_field_key_is_one_production_takes():
    assert list(production.field_key_complaints([keys.new_field_key()])) == []
    assert len(base64.b64decode(keys.new_field_key())) == keys.FIELD_KEY_BYTES


def test_a_made_password_has_no_letters_that_look_alike():
    password = keys.new_password()
    assert len(password) == 24
    assert not set(password) & set("il1o0")


def test_the_first_writer_wins(tmp_path):
    assert keys.kept(tmp_path, "secret_key", lambda: "first") == "first"
    keys._write_once(tmp_path / "keys" / "secret_key", "second")
    assert keys.kept(tmp_path, "secret_key", lambda: "third") == "first"
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["secret_key"]
