"""The demonstration sign-ins, as printed for a newcomer. `seed_demo` makes the accounts."""

STAFF_CODE = "python manage.py demo_code EMAIL"
SIGN_INS = (
    ("seller@cn.example", "sales: customers, orders, deliveries", True),
    ("leader@cn.example", "head of sales", True),
    ("hr@cn.example", "vacancies and applications", True),
    ("hiring@cn.example", "one vacancy only", True),
    ("privacy@cn.example", "data protection", True),
    ("manager@cn.example", "general manager: approves what data protection asks for", True),
    ("editor@cn.example", "pages of the website", True),
    ("customer@kunde.example", "a customer, with orders and a profile", False),
    ("applicant@soker.example", "an applicant, with two applications", False),
)


def table(password):
    """Lines that say who may sign in, with which password, and where a second factor comes from."""
    width = max(len(address) for address, *_ in SIGN_INS)
    rows = [f"  {address:<{width}}  {'code' if staff else '    '}  {who}" for address, who, staff in SIGN_INS]
    heading = ["", "Demonstration sign-ins, all with the password", f"  {password}", ""]
    return "\n".join([*heading, *rows, "", f"Staff («code») also type a second factor: .venv/bin/{STAFF_CODE}", ""])
