"""Vacancies, applicants, staff and documents for tests. Everybody is invented."""

import io
import uuid
import zipfile
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import Locale, Site

from careers import actions
from careers.actions.files import make_preview
from careers.models import CareersIndexPage, VacancyPage
from careers.uploads import check_upload
from cn_portal.accounts.models import TotpDevice, User
from privacy import actions as engine

CLOSES_IN = timedelta(days=20)


def home(language="nb"):
    """The top page of a language."""
    page = Site.objects.get(is_default_site=True).root_page
    locale, _new = Locale.objects.get_or_create(language_code=language)
    if page.locale == locale:
        return page
    there = page.get_translation_or_none(locale)
    if there is None:
        there = page.copy_for_translation(locale)
        there.save_revision().publish()
    return there


def make_index(language="nb", slug="karriere"):
    existing = CareersIndexPage.objects.filter(locale__language_code=language).first()
    index = CareersIndexPage(title="Karriere", slug=slug, locale=home(language).locale)
    return existing or home(language).add_child(instance=index)


def make_vacancy(language="nb", **values):
    """An open vacancy; the references of two are different unless given."""
    name = uuid.uuid4().hex[:8]
    now = timezone.now()
    page = VacancyPage(
        **{
            "title": f"Servicetekniker {name}",
            "slug": f"stilling-{name}",
            "reference": f"T-{name}",
            "lead": "Du holder utstyret i gang hos kundene.",
            "body": "<p>Vi søker deg som liker verktøy.</p>",
            "occupation": "7233",
            "town": "Drammen",
            "postal_code": "3015",
            "contact_role": "Serviceleder",
            "contact_phone": "+47 99 99 99 99",
            "opens_at": now - timedelta(days=1),
            "closes_at": now + CLOSES_IN,
            "locale": home(language).locale,
            **values,
        }
    )
    return make_index(language).add_child(instance=page)


def pdf_bytes(text=b"Erfaring: blaserom"):
    """A PDF of one page with a sentence on it; ``text`` stands in a comment in front of its end."""
    drawn = b"BT /F1 12 Tf 72 700 Td (Erfaring: blaserom) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    made += b"% " + text + b"\n"
    start = len(made)
    made += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made + b"trailer << /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF\n" % start)


def kept_bytes(content=None):
    """What is kept of a document: the cleaned copy."""
    return check_upload(upload(content=content)).stream.read()


def upload(name="cv.pdf", content=None):
    return SimpleUploadedFile(name, pdf_bytes() if content is None else content)


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
DOCX_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="x/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>Erfaring: blaserom</w:t></w:r></w:p>'
    "</w:body></w:document>",
}
ODT_PARTS = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": f'<office:document-content xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}"><office:body><office:text>'
    "<text:p>Erfaring: blaserom</text:p></office:text></office:body></office:document-content>",
    "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_MANIFEST}"/>',
}


def archive_bytes(parts, compression=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx_bytes(**changed):
    return archive_bytes(DOCX_PARTS | changed)


def submit(vacancy, *, user=None, cv=True, pool=False, **values):
    """An application sent through the act itself. Wordings must be there (fixture `wordings`)."""
    said = {
        "token": uuid.uuid4(),
        "name": "Ingrid Prøve",
        "email": f"{uuid.uuid4().hex[:8]}@soker.example",
        "phone": "",
        "message": "Jeg har skiftet mange dyser.",
        "cv": check_upload(upload()) if cv else None,
        "consent_text": engine.text_for(actions.RECRUITMENT, "nb"),
        "talent_pool_text": engine.text_for(actions.POOL, "nb") if pool else None,
        "language": "nb",
        "user": user,
        "by": user,
        **values,
    }
    application = actions.submit_application(vacancy, **said)
    for attached in application.files.all():
        # The worker does it a few seconds later; a test that compares rows shall not find it done meanwhile.
        make_preview(attached.pk)
    return application


def make_user(email=None, **fields):
    return User.objects.create_user(email or f"{uuid.uuid4().hex[:8]}@cn.example", verified=True, **fields)


def make_staff(group=None, **fields):
    """A member of staff in one of the careers groups, or in none."""
    user = make_user(is_staff=True, **fields)
    groups = actions.ensure_roles()
    if group:
        user.groups.add(groups[group])
    return user


def sign_in(client, user):
    """Signed in, with the second factor shown where staff need it."""
    client.force_login(user, backend="cn_portal.accounts.backends.EmailCodeBackend")
    if user.is_staff:
        device = TotpDevice.objects.create(user=user, confirmed=True, seed="A" * 32)
        session = client.session
        session["otp_device_id"] = device.persistent_id
        session.save()
    return client


def share(vacancy, user, until=None):
    return actions.share_vacancy(vacancy, user=user, until=until or date.today() + timedelta(days=7), by=None)
