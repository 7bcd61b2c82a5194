from cn_portal import sign_ins


def test_the_table_names_every_sign_in_and_the_password():
    printed = sign_ins.table("five-word-pass")
    assert "five-word-pass" in printed
    for address, who, staff in sign_ins.SIGN_INS:
        [line] = [line for line in printed.splitlines() if address in line]
        assert who in line
        assert ("code" in line) is staff
